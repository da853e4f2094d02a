"""Renders a template inside the frontend's built entry page."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode, urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from shopnow.languages import Language
from webshop.storefront.ssr.formats import money, percent, product_name
from webshop.storefront.ssr.texts import text

_MARKED_PART = re.compile(r"<!--(head|root|data)-->(.*?)<!--/\1-->", re.DOTALL)

#: Whether paying moves money; the frontend reads it in the page's head.
Payments = Literal["test", "live"]
_TEST_PAYMENTS = 'name="payments" content="test"'


def catalogue_url(**filters: str) -> str:
    """The path of the catalogue with these filters; empty ones are none."""
    given = {name: value for name, value in filters.items() if value}
    return f"/?{urlencode(given)}" if given else "/"


def render(
    template: str,
    index_html: Path,
    language: Language,
    data: Mapping[str, Any],
    metadata: Mapping[str, Any],
    payments: Payments,
) -> str:
    """Render a page of the frontend.

    `index_html` is the built index.html, `data` the API responses by the frontend's names, and
    `metadata` the other values of the template. Raises FileNotFoundError if the frontend is not
    built.
    """
    return (
        _templates()
        .get_template(template)
        .render(
            **data,
            **metadata,
            initial_data={"language": language, **data},
            entry_page=_entry_page_template(index_html, index_html.stat().st_mtime_ns),
            language=language,
            payments=payments,
            t=partial(text, language),
            money=partial(money, language=language),
            percent=partial(percent, language=language),
        )
    )


def entry_page(index_html: Path, payments: Payments) -> str:
    """The frontend's entry page as it was built, but for the kind of its payments.

    Raises FileNotFoundError if the frontend is not built.
    """
    return _entry_page(index_html, index_html.stat().st_mtime_ns, payments)


@lru_cache(maxsize=2)
def _entry_page(index_html: Path, _changed_ns: int, payments: Payments) -> str:
    return index_html.read_text().replace(_TEST_PAYMENTS, _payments_fact(payments), 1)


def _payments_fact(payments: str) -> str:
    return f'name="payments" content="{payments}"'


@lru_cache(maxsize=1)
def _entry_page_template(index_html: Path, _changed_ns: int) -> Template:
    """The entry page as a template with a block for each marked part."""
    blocks = _MARKED_PART.sub(r"{% block \1 %}\2{% endblock %}", index_html.read_text())
    blocks = blocks.replace(_TEST_PAYMENTS, _payments_fact("{{ payments }}"), 1)
    return _templates().from_string(blocks.replace('lang="fr"', 'lang="{{ language }}"', 1))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["product_name"] = product_name
    environment.filters["join_address"] = urljoin
    environment.globals["catalogue_url"] = catalogue_url
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment
