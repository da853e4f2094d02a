"""The languages are one fact, also where Python cannot import it: contracts, front, templates."""

import re

import pytest

from shopnow.contracts import EVENT_TYPES
from shopnow.languages import DEFAULT_LANGUAGE, LANGUAGES
from shopnow.settings import REPO_ROOT
from shopnow.translations import SOURCE_LANGUAGE

FRONT = REPO_ROOT / "webshop" / "frontend" / "src"
#: A choice of languages that is written out: `("fr", "en")`, `"fr" | "en"`, in any order.
WRITTEN_OUT = re.compile(r"""["']fr["']\s*[,|]\s*["']en["']|["']en["']\s*[,|]\s*["']fr["']""")


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_contracts_take_these_languages(name):
    language = EVENT_TYPES[name].schema["properties"].get("language")
    assert language is None or tuple(language["enum"]) == LANGUAGES


def test_the_frontend_has_these_languages():
    source = (FRONT / "i18n" / "languages.ts").read_text()
    [listed] = re.findall(r"LANGUAGES = \[(.*)\] as const", source)
    [default] = re.findall(r'DEFAULT_LANGUAGE: Language = "(\w+)"', source)
    assert tuple(re.findall(r'"(\w+)"', listed)) == LANGUAGES
    assert default == DEFAULT_LANGUAGE


def test_mails_have_texts_in_these_languages():
    found = {path.name.split(".")[1] for path in (REPO_ROOT / "webshop/mails").glob("*.*.txt")}
    assert found == set(LANGUAGES)


@pytest.mark.parametrize("part", ["reporting/daily_report", "webshop/sandbox_gateway"])
def test_there_is_a_catalogue_for_each_language_but_that_of_the_source(part):
    found = {path.parents[1].name for path in (REPO_ROOT / part / "locale").rglob("*.po")}
    assert found == set(LANGUAGES) - {SOURCE_LANGUAGE}


def test_no_module_of_python_lists_the_languages_again():
    found = [
        path.relative_to(REPO_ROOT).as_posix()
        for package in ("shopnow", "webshop")
        for path in (REPO_ROOT / package).rglob("*.py")
        if not {"node_modules", "migrations"} & {*path.parts}
        and WRITTEN_OUT.search(path.read_text())
    ]
    assert found == ["shopnow/languages.py"]
