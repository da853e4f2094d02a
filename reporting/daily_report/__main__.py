"""Write the report of a day to a file: `python -m reporting.daily_report --day D`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reporting.daily_report.mail import save_report, write_html
from reporting.daily_report.page import build_report
from shopnow.settings import get_settings


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m reporting.daily_report", description=__doc__)
    parser.add_argument("--day", type=date.fromisoformat, required=True, help="business day")
    parser.add_argument("--out", type=Path, help="HTML file (default: SHOPNOW_HOME/reports)")
    arguments = parser.parse_args(argv)
    settings = get_settings()
    report = build_report(arguments.day, settings)
    path = arguments.out
    if path is None:
        path = save_report(report, settings)
    else:
        write_html(report, path)
    print(report.text)
    print(path)


if __name__ == "__main__":
    main()
