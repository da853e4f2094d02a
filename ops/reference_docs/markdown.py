"""The little Markdown that the pages are made of."""

from collections.abc import Iterable, Sequence


def generated(title: str, source: str, intro: str) -> str:
    """The head of a page: its title, where it comes from, and what it is about."""
    return (
        f"<!-- Written by `python -m ops.reference_docs` from {source}: change it there. -->\n\n"
        f"# {title}\n\n{intro}"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar within a cell is escaped, a line break becomes a space."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines) + "\n"


def anchor(heading: str) -> str:
    """The link target that GitHub gives a heading made of letters, digits, `_`, `.` and spaces."""
    return "#" + heading.lower().replace(" ", "-").replace(".", "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
