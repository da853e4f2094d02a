"""The reference pages under docs/, each made from the definitions that it describes.

`python -m shopnow.docs` writes them, `python -m shopnow.docs --check` fails if one differs: a
definition and its page cannot drift apart.
"""

from collections.abc import Callable

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
