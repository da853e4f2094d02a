"""The pages of the Data Docs with styles, scripts and icons of our own server.

Great Expectations' templates load them from content delivery networks: without the internet its
pages are empty. The views here, named in great_expectations.yml, render the same templates with
every reference to another server taken out, and load the same libraries from `ASSETS`, where
`copy_assets` puts them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from great_expectations.render.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import BaseLoader, Environment, pass_context

from shopnow.settings import REPO_ROOT

SITE = REPO_ROOT / "great_expectations" / "site"
ASSETS = "static/assets"

#: In the order in which the pages load them. Graphs, and with them Vega, are for profiling only.
STYLES = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap-table/dist/bootstrap-table.min.css",
    "bootstrap-table/dist/extensions/filter-control/bootstrap-table-filter-control.min.css",
    "bootstrap-datepicker/dist/css/bootstrap-datepicker.min.css",
    "@forevolve/bootstrap-dark/dist/css/bootstrap-prefers-dark.css",
    "@fortawesome/fontawesome-free/css/all.min.css",
)
SCRIPTS = (
    "jquery/dist/jquery.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap-table/dist/bootstrap-table.min.js",
    "bootstrap-table/dist/extensions/filter-control/bootstrap-table-filter-control.min.js",
    "bootstrap-datepicker/dist/js/bootstrap-datepicker.min.js",
)
#: Named by a style, relative to it.
FONTS = ("@fortawesome/fontawesome-free/webfonts",)

#: How many folders a page is below the first one.
_DEPTH = {
    "SiteIndexPageRenderer": 0,
    "ExpectationSuitePageRenderer": 1,
    "ValidationResultsPageRenderer": 4,
}
_REMOTE_IMAGES = r"https://great-expectations-web-assets\.s3\.[\w.-]+/"

#: Templates that are replaced; `site` is the way from the page to the first one.
_OURS = {
    "js_script_imports.j2": "\n".join(
        [
            *(f'<link rel="stylesheet" href="{{{{ site }}}}{ASSETS}/{name}">' for name in STYLES),
            *(f'<script src="{{{{ site }}}}{ASSETS}/{name}"></script>' for name in SCRIPTS),
        ]
    ),
    "favicon.j2": '<link rel="icon" href="{{ site }}static/images/favicon.ico">',
    "cloud-footer.j2": "",  # an invitation to a newsletter
}


def copy_assets(site: Path) -> None:
    """Put styles, scripts and fonts below the site's folder, where its pages look for them."""
    packages, target = SITE / "node_modules", site / ASSETS
    for name in (*STYLES, *SCRIPTS, *FONTS):
        source, copy = packages / name, target / name
        if not source.exists():
            raise FileNotFoundError(f"{source} is missing. Run: make setup")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, copy)


def remove_empty_folders(root: Path) -> None:
    """What Great Expectations leaves of each result that is removed."""
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def local_template(name: str, source: str) -> str:
    """A template of Great Expectations without references to other servers.

    Templates are changed, never the pages: what is data stays as it is.
    """
    if name in _OURS:
        return _OURS[name]
    source = re.sub(r"<link\b[^>]*https?://[^>]*>", "", source)
    source = re.sub(r"<script\b[^>]*https?://[^>]*>\s*</script>", "", source)
    source = re.sub(r'<a href="https?://[^"]*">(.*?)</a>', r"\1", source)
    source = re.sub(rf'"{_REMOTE_IMAGES}"', '(site ~ "static/images/")', source)
    return re.sub(rf"{_REMOTE_IMAGES}[\w.-]+", "{{ site }}static/images/logo-long.png", source)


class _LocalTemplates(BaseLoader):
    def __init__(self, original: BaseLoader) -> None:
        self._original = original

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, filename, up_to_date = self._original.get_source(environment, template)
        return local_template(template, source), filename, up_to_date


class _LocalView:
    """Mixed into a view of Great Expectations."""

    env: Environment

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        assert self.env.loader is not None  # noqa: S101 - the view has just set it
        self.env.loader = _LocalTemplates(self.env.loader)

    def render(self, document: Any, template: str | None = None, **options: Any) -> Any:
        site = "../" * _DEPTH[document.renderer_type]
        return super().render(document, template, site=site, **options)  # type: ignore[misc]

    @pass_context
    def render_content_block(
        self, jinja_context: Any, content_block: Any, *more: Any, **kw: Any
    ) -> Any:
        """Text in a table is data, as customers have typed it: it is shown, not interpreted."""
        if isinstance(content_block, str):
            content_block = escape(content_block)
        elif isinstance(content_block, list):
            content_block = [escape(it) if isinstance(it, str) else it for it in content_block]
        return super().render_content_block(jinja_context, content_block, *more, **kw)  # type: ignore[misc]


class PageView(_LocalView, DefaultJinjaPageView):
    """The page of a suite or of a validation result."""


class IndexPageView(_LocalView, DefaultJinjaIndexPageView):
    """The first page, with the list of validation results."""
