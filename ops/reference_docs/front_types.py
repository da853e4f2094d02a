"""The frontend's types of the API, from its OpenAPI document."""

import subprocess

from ops.bootstrap.node import find_node
from shopnow.settings import REPO_ROOT

_FRONT = REPO_ROOT / "webshop" / "frontend"


def front_types(document: str) -> str:
    """An OpenAPI document (JSON) as TypeScript.

    Raises RuntimeError without Node.js, CalledProcessError without the frontend's npm packages.
    """
    node = find_node()
    if node is None:
        raise RuntimeError("Node.js is missing. Run: make setup")
    made = subprocess.run(
        [node, "build/api-types.js"],
        cwd=_FRONT,
        input=document,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return made.stdout
