"""docs/generated/cli.md: every command, as Typer describes the command line."""

import os
import subprocess
import sys

_DOCS = ("-m", "typer", "ops.cli", "utils", "docs", "--name", "shopnow", "--title", "Command line")


def cli_page() -> str:
    """The page as Markdown. Raises `subprocess.CalledProcessError` if Typer fails."""
    docs = subprocess.run(
        [sys.executable, *_DOCS],
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout
    return f"<!-- Written by `python -m ops.reference_docs`: change the help texts. -->\n\n{docs}"
