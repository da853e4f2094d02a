"""The built frontend: its router's paths get the entry page, hashed assets are immutable."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webshop.api.http.problems import MIMETYPE
from webshop.storefront import storefront


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>ShopNow+</title>")
    (tmp_path / "assets" / "index-C0FFEE.js").write_text("0")
    (tmp_path.parent / "secret.txt").write_text("secret")
    monkeypatch.setattr(storefront, "DIST", tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["/", "/panier", "/commandes/12?token=x", "/" + "a" * 4000])
def test_the_frontends_own_paths_get_its_entry_page(
    http: FlaskClient, dist: Path, path: str
) -> None:
    answer = http.get(path)
    assert answer.status_code == 200
    assert "ShopNow+" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_hashed_assets_are_cached_for_good_and_missing_ones_are_missing(
    http: FlaskClient, dist: Path
) -> None:
    answer = http.get("/assets/index-C0FFEE.js", buffered=True)
    assert "immutable" in answer.headers["Cache-Control"]
    assert http.get("/assets/index-OLD.js").status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt"])
def test_nothing_outside_the_frontend_is_served(http: FlaskClient, dist: Path, path: str) -> None:
    assert "secret" not in http.get(path).text


def test_a_frontend_that_is_not_built_says_how_to_build_it(
    http: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storefront, "DIST", tmp_path / "nowhere")
    answer = http.get("/")
    assert answer.status_code == 404
    assert "npm run build" in answer.text


@pytest.mark.parametrize("path", ["/", "/products/CUI-001", "/?q=mug"])
def test_an_address_that_asks_too_often_gets_the_entry_page_all_the_same(
    http_with: Callable[..., FlaskClient], dist: Path, path: str
) -> None:
    http = http_with(rate_limits=True, rate_limit_reads="1/minute")
    assert http.get(path).status_code == 200
    refused = http.get(path, headers={"If-None-Match": "*"})
    assert (refused.status_code, refused.mimetype) == (429, "text/html")
    assert "ShopNow+" in refused.text
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    (dist / "index.html").unlink()
    assert (http.get(path).status_code, http.get(path).mimetype) == (429, MIMETYPE)


@pytest.mark.parametrize(
    ("accepted", "coding", "content"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip", "gzip", b"gzip"),
        ("identity", None, b"0"),
        ("", None, b"0"),
    ],
)
def test_a_browser_gets_the_smallest_copy_that_it_takes(
    http: FlaskClient, dist: Path, accepted: str, coding: str | None, content: bytes
) -> None:
    script = "assets/index-C0FFEE.js"
    (dist / f"{script}.br").write_bytes(b"brotli")
    (dist / f"{script}.gz").write_bytes(b"gzip")
    answer = http.get(f"/{script}", headers={"Accept-Encoding": accepted}, buffered=True)
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.data == content
    assert answer.mimetype == "text/javascript"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "immutable" in answer.headers["Cache-Control"]
    again = http.get(
        f"/{script}",
        headers={"Accept-Encoding": accepted, "If-None-Match": answer.headers["ETag"]},
        buffered=True,
    )
    assert again.status_code == 304


def test_a_file_without_copies_is_sent_as_it_is(http: FlaskClient, dist: Path) -> None:
    accepted = {"Accept-Encoding": "br, gzip"}
    answer = http.get("/assets/index-C0FFEE.js", headers=accepted, buffered=True)
    assert (answer.data, answer.headers.get("Content-Encoding")) == (b"0", None)
    assert http.get("/../secret.txt", headers=accepted).data != b"secret"
