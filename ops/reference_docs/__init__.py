"""The generated files, each made from the definitions that it describes: pages, the frontend's
types.

`python -m ops.reference_docs` writes them, with `--check` it fails if one differs: a definition and
what is made from it cannot drift apart. Other packages add theirs through the entry-point group
`ops.reference_docs` in pyproject.toml.
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from ops.reference_docs.cli import cli_page
from ops.reference_docs.dags import dags_page
from ops.reference_docs.events import events_page
from ops.reference_docs.front_types import front_types
from ops.reference_docs.kpis import kpis_page
from ops.reference_docs.settings import settings_page

#: Path in the repository -> what makes its text.
PAGES: dict[str, Callable[[], str]] = {
    "docs/generated/cli.md": cli_page,
    "docs/generated/dags.md": dags_page,
    "docs/generated/events.md": events_page,
    "docs/generated/kpis.md": kpis_page,
    "docs/generated/settings.md": settings_page,
}


def _page_of(entry_point: EntryPoint) -> Callable[[], str]:
    # Loaded when it is asked for: what other packages import is theirs to pay for.
    def page() -> str:
        text: str = entry_point.load()()
        return text

    return page


PAGES |= {point.name: _page_of(point) for point in entry_points(group="ops.reference_docs")}


def _front_types() -> str:
    return front_types(PAGES["docs/generated/openapi.json"]())


PAGES["webshop/frontend/src/api/schema.d.ts"] = _front_types
