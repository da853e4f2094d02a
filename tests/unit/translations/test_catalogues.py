"""Every text that the source asks for is translated, and no translation outlives its text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from shopnow.settings import REPO_ROOT
from shopnow.translations import load_translations

LOCALE = "locale/fr/LC_MESSAGES/messages.po"
PARTS = ("reporting/daily_report", "webshop/sandbox_gateway")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def texts(value: object) -> tuple[str, ...]:
    """The singular, or singular and plural, of an id or a translation."""
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def french(part: str) -> Catalog:
    return read(REPO_ROOT / part / LOCALE)


def test_no_catalogue_is_left_out() -> None:
    found = [
        path
        for name in ("ops", "reporting", "shopnow", "webshop")
        for path in (REPO_ROOT / name).rglob("*.po")
        if "node_modules" not in path.parts
    ]
    assert sorted(found) == [REPO_ROOT / part / LOCALE for part in PARTS]


def test_a_catalogue_has_the_texts_of_the_source_and_no_other(
    part: str, french: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a failure: run `make messages` and translate what it adds."""
    monkeypatch.chdir(REPO_ROOT)
    template = tmp_path / "messages.pot"
    CommandLineInterface().run(
        ["pybabel", "-q", "extract", "-F", "pyproject.toml", "-o", str(template), part]
    )
    wanted = {(message.context, texts(message.id)) for message in messages(read(template))}
    assert {(message.context, texts(message.id)) for message in messages(french)} == wanted
    assert not french.obsolete


def test_every_text_is_translated_in_every_number(french: Catalog) -> None:
    for message in messages(french):
        forms = french.num_plurals if isinstance(message.id, tuple) else 1
        assert len(texts(message.string)) == forms, message.id
        assert all(texts(message.string)), message.id
        assert not message.fuzzy, message.id


def test_a_translation_has_the_placeholders_of_its_text(french: Catalog) -> None:
    for message in messages(french):
        originals = [set(PLACEHOLDER.findall(text)) for text in texts(message.id)]
        translated = [set(PLACEHOLDER.findall(text)) for text in texts(message.string)]
        assert translated == originals, message.id
        # A mistyped placeholder or a bare percent sign fails here.
        values = dict.fromkeys(set().union(*originals), "x")
        for text in (*texts(message.id), *texts(message.string)):
            assert "%" not in text % values, text


def test_a_text_is_no_markup(french: Catalog) -> None:
    """The templates put it into the page as it is."""
    for message in messages(french):
        for text in (*texts(message.id), *texts(message.string)):
            assert not set('<>&"') & set(text), text


def test_a_catalogue_is_what_the_pages_use(part: str, french: Catalog) -> None:
    loaded = load_translations(REPO_ROOT / part, "fr")
    for message in messages(french):
        if isinstance(message.id, tuple):
            one, many = message.id
            assert [loaded.ngettext(one, many, number) for number in (1, 2)] == [*message.string]
        else:
            assert loaded.gettext(message.id) == message.string


def test_english_is_the_language_of_the_source(part: str) -> None:
    assert load_translations(REPO_ROOT / part, "en").gettext("a text") == "a text"
