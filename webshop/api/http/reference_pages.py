"""The API's reference: `/api/v1/docs` for a browser, docs/generated/api.md for the repository.

The page is plain HTML with one stylesheet: it needs no script, so the strict CSP stands.
"""

from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, render_template, send_from_directory
from markupsafe import Markup, escape

from ops.reference_docs.markdown import generated, table
from shopnow.settings import Settings
from webshop.api.http.openapi import DESCRIPTION
from webshop.api.http.reference import Field, Operation, topics
from webshop.api.http.revalidation import revalidated

_HERE = Path(__file__).parent

blueprint = Blueprint("reference", __name__, template_folder=str(_HERE / "templates"))


@blueprint.get("/docs")
@revalidated
def page() -> str:
    """The reference as a page."""
    spec: Any = current_app._get_spec()  # type: ignore[attr-defined]
    return render_template("reference.html", info=spec["info"], topics=topics(spec))


@blueprint.get("/docs/reference.css")
def stylesheet() -> Response:
    """The page's stylesheet."""
    return send_from_directory(_HERE / "static", "reference.css", max_age=60 * 60)


@blueprint.app_template_filter("code_spans")
def code_spans(text: str) -> Markup:
    """Text whose `pieces between backticks` are set as code."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


_INTRO = f"""{DESCRIPTION}

The running shop serves the same at `/api/v1/docs` and as OpenAPI 3.1 at `/api/v1/openapi.json`.
Everything is under `/api/v1`. In the examples `$NAMES` are what an earlier answer gave: `$CART_ID`
and `$ORDER_ID` the ids, `$ORDER_TOKEN` the `access_token` of the checkout's answer.
"""


def api_page() -> str:
    """docs/generated/api.md as Markdown."""
    parts = [generated("API", "the routes in webshop/api", _INTRO)]
    found = topics(_spec())
    parts.append("## Entry points\n")
    rows = chain.from_iterable(
        (
            [topic.name, f"[`{call.method} {call.path}`](#{_anchor(call)})", call.summary]
            for call in topic.operations
        )
        for topic in found
    )
    parts.append(table(["Topic", "Call", "What it does"], rows))
    for topic in found:
        parts.append(f"## {topic.name}\n\n{topic.description}\n")
        parts += map(_section, topic.operations)
    return "\n".join(parts)


@cache
def _spec() -> Any:
    # Nothing in the document depends on the settings, and no server is asked for anything.
    from webshop.app import create_app
    from webshop.bootstrap import bootstrap

    nobodys = Settings(_env_file=None, secret_key="-", gateway_secret="-", webhook_secret="-")  # noqa: S106
    return create_app({"SHOP": bootstrap(nobodys)}).spec


def _anchor(operation: Operation) -> str:
    # GitHub drops the signs of a heading and keeps its letters.
    return f"{operation.method} {operation.path}".lower().translate(_HEADING)


_HEADING = str.maketrans({" ": "-", "/": "", "{": "", "}": ""})


def _section(operation: Operation) -> str:
    parts = [f"### {operation.method} {operation.path}\n", f"{operation.summary}\n"]
    if operation.description:
        parts.append(f"{operation.description}\n")
    if operation.opened_by:
        parts.append(f"Opened by {', or '.join(operation.opened_by)}.\n")
    if operation.parameters:
        parts += ["Parameters:\n", _fields_table(operation.parameters, located=True)]
    if operation.body:
        parts += ["Body:\n", _fields_table(operation.body)]
    parts.append("Answers:\n")
    parts.append(table(["Status", "Meaning"], ([a.status, a.meaning] for a in operation.answers)))
    for answer in operation.answers:
        if answer.fields:
            parts += [
                f"<details><summary>Fields of {answer.status}</summary>\n",
                _fields_table(answer.fields, given=True),
                "</details>\n",
            ]
    parts.append(f"```sh\n{operation.example}\n```\n")
    return "\n".join(parts)


def _fields_table(fields: tuple[Field, ...], *, located: bool = False, given: bool = False) -> str:
    """What the fields are; `located` tells where each goes, `given` ones are always there."""
    columns: dict[str, Callable[[Field], str]] = {
        "Name": lambda field: f"`{field.name}`",
        "In": lambda field: field.where,
        "Type": lambda field: field.type,
        "Required": lambda field: "yes" if field.required else "",
        "Rule": lambda field: field.rule,
        "Meaning": lambda field: field.meaning,
    }
    if not located:
        del columns["In"]
    if given:
        del columns["Required"]
    return table(list(columns), ([cell(field) for cell in columns.values()] for field in fields))
