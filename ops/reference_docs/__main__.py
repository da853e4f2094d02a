"""Write the generated files, or check them: `python -m ops.reference_docs [--check]`."""

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from ops.reference_docs import PAGES
from shopnow.settings import REPO_ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every generated file; with `--check` write none and return 1 if one differs."""
    parser = argparse.ArgumentParser(prog="python -m ops.reference_docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    parser.add_argument("--to", type=Path, default=REPO_ROOT, help="in place of the repository")
    options = parser.parse_args(arguments)
    stale = False
    for name, page in PAGES.items():
        path = options.to / name
        wanted, found = page(), path.read_text() if path.exists() else ""
        if wanted == found:
            continue
        stale = True
        if options.check:
            diff = difflib.unified_diff(found.splitlines(), wanted.splitlines(), name, name, "", "")
            print("\n".join(list(diff)[:60]))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted)
            print(f"wrote {path}")
    if options.check and stale:
        print(
            "Files differ from the definitions: run `python -m ops.reference_docs`.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
