"""The Chromium that browser tests and Lighthouse use."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

#: Where a browser may be, in the order in which they are tried; then Playwright's own.
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    "no browser found: install Chromium (Debian: apt-get install chromium; anywhere: "
    "python -m playwright install chromium) or name one in SHOPNOW_CHROMIUM"
)


def find_browser() -> str | None:
    """Path of a Chromium-like browser, None if the machine has none."""
    named = os.environ.get("SHOPNOW_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if found is not None:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None
