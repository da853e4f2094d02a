"""The fixtures of the running stack, by subject; a folder's own conftest.py may replace some."""

pytest_plugins = [
    f"tests.support.fixtures.{subject}"
    for subject in ("stack", "database", "shop", "accounts", "mail", "topics", "browser")
]
