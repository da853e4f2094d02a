"""Runs npm of the Node.js that the setup uses: python3 ops/bootstrap/npm.py FOLDER ARGUMENTS…"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ops.bootstrap.node import find_node, find_npm

node = find_node()
npm = find_npm(node) if node else None
if node is None or npm is None:
    sys.exit("Node.js is missing. Run: make setup")
os.chdir(sys.argv[1])
os.environ["PATH"] = f"{node.parent}:{os.environ['PATH']}"
os.execv(str(node), [str(node), str(npm), *sys.argv[2:]])  # noqa: S606 - no shell
