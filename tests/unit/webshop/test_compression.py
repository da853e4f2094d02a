"""Answers that are the same for everybody travel compressed and are asked about again like others;
answers with somebody's secret in them never are."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

LARGE = "/api/v1/openapi.json"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0.5, gzip", "gzip")],
)
def test_a_client_gets_the_same_answer_in_fewer_bytes(
    http: FlaskClient, accepted: str, coding: str
) -> None:
    plain = http.get(LARGE)
    packed = http.get(LARGE, headers={"Accept-Encoding": accepted})
    assert (packed.status_code, packed.content_encoding) == (200, coding)
    assert UNPACK[coding](packed.data) == plain.data
    assert len(packed.data) == packed.content_length < len(plain.data) / 3
    assert packed.mimetype == plain.mimetype == "application/json"
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize("accepted", ["", "identity", "zstd"])
def test_who_takes_no_coding_of_ours_gets_it_as_it_is(http: FlaskClient, accepted: str) -> None:
    answer = http.get(LARGE, headers={"Accept-Encoding": accepted})
    assert answer.content_encoding is None
    assert answer.get_json()["openapi"]


def test_each_coding_has_a_strong_tag_of_its_own_and_is_sent_once(http: FlaskClient) -> None:
    tags = set()
    for accepted in ("identity", "gzip", "br"):
        wish = {"Accept-Encoding": accepted}
        first = http.get(LARGE, headers=wish)
        tag, is_weak = first.get_etag()
        assert tag and not is_weak
        tags.add(tag)
        again = http.get(LARGE, headers=wish | {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Accept-Encoding" in again.vary
        other = http.get(LARGE, headers=wish | {"If-None-Match": '"something-else"'})
        assert (other.status_code, other.data) == (200, first.data)
    assert len(tags) == 3


def test_no_answer_of_a_session_an_order_or_staff_is_compressed(http: FlaskClient) -> None:
    spec = http.get(LARGE).get_json()
    reads = {path: calls["get"] for path, calls in spec["paths"].items() if "get" in calls}
    compressed = {path for path, read in reads.items() if "304" in read["responses"]}
    public = ("/categories", "/products", "/products/{sku}", "/stock", "/stock/{sku}")
    assert compressed == {f"/api/v1{path}" for path in public}
    # However large: this one repeats what the caller wrote.
    long = http.get(f"/api/v1/orders/{'a' * 4000}", headers={"Accept-Encoding": "br"})
    assert long.content_encoding is None
