"""Lighthouse on the catalogue and on a product's page, as phone and as desktop.

Each page is loaded several times by Lighthouse's own presets (the phone's: a slow connection and a
processor four times slower); the median of each score counts. Status 1 if one is below the goal.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.chromium import NO_BROWSER, find_browser
from benchmarks.results import print_json, print_line, print_table
from benchmarks.running import StackNotRunning, command, running_settings
from ops.bootstrap.node import find_node, find_npm
from webshop.storefront.media import seed_catalogue

GOAL = 95
#: What is scored, by Lighthouse's names, and as the table calls it.
CATEGORIES = {"performance": "perf", "accessibility": "a11y", "best-practices": "practices"}
#: Figures behind the performance score, by Lighthouse's names of them.
TIMINGS = {
    "first-contentful-paint": "FCP s",
    "largest-contentful-paint": "LCP s",
    "total-blocking-time": "TBT s",
    "cumulative-layout-shift": "CLS",
}
#: What is added to the command line for each preset.
PRESETS: dict[str, tuple[str, ...]] = {"mobile": (), "desktop": ("--preset=desktop",)}
#: Fetched by npm at the first use, not by the setup: nothing else needs its 170 MB. The last major
#: version that runs on Node.js 20.
LIGHTHOUSE = "lighthouse@12.8.2"
RUN_TIMEOUT_S = 180

#: Lighthouse's answers by page and preset, one a run.
Reports = dict[tuple[str, str], list[dict[str, Any]]]


def pages() -> dict[str, str]:
    """Paths of the measured pages."""
    return {"catalogue": "/", "product": f"/products/{seed_catalogue()[0]['sku']}"}


def audit(npm: Sequence[str], browser: str, url: str, preset: str) -> dict[str, Any]:
    """What Lighthouse says of one load of a page. Raises StackNotRunning if it cannot load it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        arguments = [
            *(*npm, "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse"),
            *(url, *PRESETS[preset], "--quiet"),
            *("--output=json", f"--output-path={report}", "--no-enable-error-reporting"),
            f"--only-categories={','.join(CATEGORIES)}",
            # Chromium's own sandbox does not work for root, whom containers run as.
            "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
        ]
        path = f"{Path(npm[0]).parent}:{os.environ['PATH']}"
        environment = os.environ | {"CHROME_PATH": browser, "PATH": path}
        ended = subprocess.run(
            arguments, env=environment, capture_output=True, text=True, timeout=RUN_TIMEOUT_S
        )
        if ended.returncode or not report.exists():
            raise StackNotRunning(f"Lighthouse could not load {url}: {ended.stderr.strip()[-500:]}")
        answer: dict[str, Any] = json.loads(report.read_text())
        return answer


def measure(runs: int) -> Reports:
    """Load every page by every preset, this many times, in turn."""
    settings = running_settings("postgres", "shop")
    node = find_node()
    npm = find_npm(node) if node else None
    if node is None or npm is None:
        raise StackNotRunning("Node.js is missing: run `make setup`.")
    browser = find_browser()
    if browser is None:
        raise StackNotRunning(NO_BROWSER)
    reports: Reports = {}
    for number in range(runs):
        for page, path in pages().items():
            for preset in PRESETS:
                found = audit((str(node), str(npm)), browser, settings.shop_url + path, preset)
                reports.setdefault((page, preset), []).append(found)
        print(f"run {number + 1} of {runs}", file=sys.stderr)
    return reports


def summary(reports: Reports) -> list[dict[str, Any]]:
    """Median scores (0 to 100) and timings (seconds; layout shift without a unit) of each page."""
    return [
        {
            "page": page,
            "preset": preset,
            "scores": {
                name: round(median(100 * run["categories"][name]["score"] for run in each))
                for name in CATEGORIES
            },
            "timings": {
                label: median(_figure(run["audits"][name]) for run in each)
                for name, label in TIMINGS.items()
            },
            "performance_of_each_run": [
                round(100 * run["categories"]["performance"]["score"]) for run in each
            ],
            "benchmark_index": median(run["environment"]["benchmarkIndex"] for run in each),
        }
        for (page, preset), each in reports.items()
    ]


def _figure(found: dict[str, Any]) -> float:
    value: float = found["numericValue"]
    return value / 1000 if found["numericUnit"] == "millisecond" else value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each page and preset")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = summary(measure(options.runs))
    met = all(score >= GOAL for each in results for score in each["scores"].values())
    if options.json:
        print_json({"goal": GOAL, "met": met, "pages": results})
        return 0 if met else 1
    rows = [
        [
            f"{each['page']}, {each['preset']}",
            *(str(score) for score in each["scores"].values()),
            *(f"{timing:.2f}" for timing in each["timings"].values()),
        ]
        for each in results
    ]
    title = f"Lighthouse: medians of {options.runs} runs"
    print_table(title, ["", *CATEGORIES.values(), *TIMINGS.values()], rows)
    print_line(f"Goal: every score ≥ {GOAL}; {'met' if met else 'not met'}")
    return 0 if met else 1


if __name__ == "__main__":
    command(main)
