"""What the docs tell a person to type or to open exists."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from ops.cli import app
from shopnow.settings import REPO_ROOT, Settings

PAGES = sorted(
    [
        *(REPO_ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *(REPO_ROOT / "docs").rglob("*.md"),
    ]
)
CLI = typer.main.get_command(app)


def page_id(page: Path) -> str:
    return str(page.relative_to(REPO_ROOT))


def code(page: Path) -> str:
    """Everything in a page that is set as code, one piece a line."""
    text = page.read_text()
    blocks = re.findall(r"^```(?:sh|console|bash)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    without = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^(?: {4}|\t)(.+)$", without, re.MULTILINE)
    return "\n".join([*blocks, *indented, *re.findall(r"`([^`\n]+)`", without)])


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_shopnow_command_exists_with_its_options(page):
    for line in code(page).splitlines():
        command = re.search(r"(?:^|[\s/$])shopnow ([a-z][a-z-]+)((?: [^|;&#`]*)?)", line)
        if command is None or line.lstrip().startswith(("#", "<!--")):
            continue
        known = CLI.commands.get(command[1])  # type: ignore[attr-defined]
        assert known is not None, f"there is no `shopnow {command[1]}`: {line}"
        options = {option for param in known.params for option in param.opts} | {"--help"}
        for word in shlex.split(command[2].replace("…", "")):
            if word.startswith("-"):
                assert word.split("=")[0] in options, f"`shopnow {command[1]}` has no {word}"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_make_target_exists(page):
    makefile = (REPO_ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    named = re.findall(r"(?:^|[\s;&])make ([a-z][a-z-]*)", code(page))
    assert set(named) <= targets


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_path_of_the_repository_exists(page):
    tops = (
        "shopnow|webshop|spark_jobs|reporting|ops|dags|plugins|docker|great_expectations|tests|docs"
        "|benchmarks"
    )
    for path in re.findall(rf"`((?:{tops})/[\w./-]+)`", page.read_text()):
        assert (REPO_ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_setting_exists(page):
    known = {f"SHOPNOW_{name.upper()}" for name in Settings.model_fields}
    # For tests and for programs of ours; no setting of the platform.
    known |= {"SHOPNOW_TEST_HOME", "SHOPNOW_TEST_LOGS", "SHOPNOW_STACK"}
    assert set(re.findall(r"SHOPNOW_[A-Z_]*[A-Z]", page.read_text())) <= known
