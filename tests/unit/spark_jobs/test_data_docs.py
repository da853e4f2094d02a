"""Data Docs are whole without the internet, and as many as the setting says."""

import re
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, sync_playwright
from pyspark.sql import SparkSession

from benchmarks.chromium import NO_BROWSER, find_browser
from spark_jobs.quality.data_docs import ASSETS
from spark_jobs.quality.expectations import ExpectationsProject

pytestmark = pytest.mark.slow

KEPT = 4
#: Everything that a browser loads or a person can follow.
REFERENCE = re.compile(
    r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)|url\(["']?([^"')]+)""", re.IGNORECASE
)
HOSTILE = "<script src='https://evil.example/x.js'></script>&amp;"


@pytest.fixture(scope="module")
def site(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after more runs than are kept, the last of which failed."""
    home = tmp_path_factory.mktemp("docs")
    for run in range(KEPT + 5):
        project = ExpectationsProject(home / "site", home / "results", KEPT)
        bad = [(HOSTILE, None)] if run == KEPT + 4 else []
        rows = spark.createDataFrame(bad, "repeated_event_id string, repeated_message string")
        project.run("uniqueness", rows, f"audit_run_{run:02}")
        project.build_data_docs()
    assert len(list((home / "results").rglob("*.json"))) == KEPT
    assert [path for path in home.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
    return home / "site"


def pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if ASSETS not in str(path))


def test_the_newest_results_are_kept_and_have_a_page_each(site: Path) -> None:
    results = [page for page in pages(site) if "validations" in page.parts]
    assert sorted(page.parts[-3] for page in results) == [
        f"audit_run_{run:02}" for run in range(5, 5 + KEPT)
    ]


def test_no_page_names_another_server(site: Path) -> None:
    found = pages(site)
    assert len(found) == KEPT + 2, "the results, a suite, the index"
    for page in [*found, *(site / ASSETS).rglob("*.css")]:
        for reference in REFERENCE.finditer(page.read_text().replace(escape(HOSTILE), "")):
            address = reference[1] or reference[2]
            assert not re.match(r"(?:https?:)?//", address), (page.name, address)
            local = address.partition("?")[0].partition("#")[0]
            if local and not local.startswith(("data:", "javascript:")) and "$" not in local:
                assert (page.parent / local).exists(), (page.name, address)


@pytest.fixture
def browser_page(site: Path) -> Iterator[tuple[Page, str, list[str]]]:
    """A page of a browser without the internet, the site's address, and what went wrong in it."""
    browser_path = find_browser()
    if browser_path is None:
        pytest.fail(NO_BROWSER)
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    problems: list[str] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_path, args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.route(
                lambda url: not url.startswith(address),
                lambda route: (problems.append(route.request.url), route.abort()),
            )
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on(
                "response",
                lambda response: response.status < 400 or problems.append(response.url),
            )
            yield page, address, problems
            browser.close()
    finally:
        server.shutdown()
        server.server_close()


def test_the_index_and_a_result_are_whole_in_a_browser_without_the_internet(
    browser_page: tuple[Page, str, list[str]], tmp_path: Path
) -> None:
    page, address, problems = browser_page
    page.goto(address)
    rows = page.locator("tr.clickable-row:visible")
    assert rows.count() == KEPT
    assert "uniqueness" in rows.first.inner_text()
    icons = page.locator("tr.clickable-row:visible i.fas")
    assert icons.first.evaluate("it => getComputedStyle(it).fontFamily").startswith('"Font Awesome')
    page.screenshot(path=tmp_path / "index.png")

    rows.first.click()
    page.wait_for_url("**/validations/**")
    assert page.get_by_text("Failed").first.is_visible()
    assert HOSTILE in page.inner_text("body"), "data is shown, not interpreted"
    page.screenshot(path=tmp_path / "result.png")
    assert problems == []
