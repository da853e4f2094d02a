"""The API's OpenAPI document as a file.

`python -m ops.reference_docs` writes it (see the entry point in pyproject.toml).
"""

import json
from functools import cache

from shopnow.settings import Settings
from webshop.app import create_app
from webshop.bootstrap import bootstrap


@cache
def openapi_document() -> str:
    """The document that the shop serves at `/api/v1/openapi.json`, indented."""
    # Nothing in it depends on the settings, and nothing connects to a server.
    unset = Settings(_env_file=None, secret_key="-", gateway_secret="-", webhook_secret="-")  # noqa: S106
    spec = create_app({"SHOP": bootstrap(unset)}).spec
    return json.dumps(spec, indent=1, ensure_ascii=False) + "\n"
