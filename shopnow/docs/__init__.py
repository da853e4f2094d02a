"""The reference pages under docs/, each made from the definitions that it describes.

`python -m shopnow.docs` writes them, `python -m shopnow.docs --check` fails if one differs: a
definition and its page cannot drift apart. Other packages add theirs through the entry-point group
`shopnow.docs` in pyproject.toml.
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from shopnow.docs.cli import cli_page
from shopnow.docs.dags import dags_page
from shopnow.docs.events import events_page
from shopnow.docs.kpis import kpis_page
from shopnow.docs.settings import settings_page

#: File name under docs/ -> what makes its text.
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


PAGES |= {point.name: _page_of(point) for point in entry_points(group="shopnow.docs")}
