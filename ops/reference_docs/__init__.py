"""The reference pages in docs/generated, each made from the definitions that it describes.

`python -m ops.reference_docs` writes them, with `--check` it fails if one differs: a definition and
its page cannot drift apart. Other packages add theirs through the entry-point group
`ops.reference_docs` in pyproject.toml.
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from ops.reference_docs.cli import cli_page
from ops.reference_docs.dags import dags_page
from ops.reference_docs.events import events_page
from ops.reference_docs.kpis import kpis_page
from ops.reference_docs.settings import settings_page

#: File name in docs/generated -> what makes its text.
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "dags.md": dags_page,
    "events.md": events_page,
    "kpis.md": kpis_page,
    "settings.md": settings_page,
}


def _page_of(entry_point: EntryPoint) -> Callable[[], str]:
    # Loaded when it is asked for: what other packages import is theirs to pay for.
    def page() -> str:
        text: str = entry_point.load()()
        return text

    return page


PAGES |= {point.name: _page_of(point) for point in entry_points(group="ops.reference_docs")}
