"""The reference shows every call, with an example that the API takes, and needs no script."""

import json
import re
import shlex
from typing import Any

import pytest
from flask.testing import FlaskClient

from webshop.api.http.reference import ADDRESS, Operation, topics


@pytest.fixture
def calls(http: FlaskClient) -> list[Operation]:
    spec: Any = http.get("/api/v1/openapi.json").get_json()
    return [call for topic in topics(spec) for call in topic.operations]


def test_the_page_shows_every_call_under_the_strict_policy(
    http: FlaskClient, calls: list[Operation]
) -> None:
    answer = http.get("/api/v1/docs")
    assert answer.status_code == 200
    for call in calls:
        assert f'id="{call.anchor}"' in answer.text
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    (stylesheet,) = re.findall(r'rel="stylesheet" href="([^"]+)"', answer.text)
    assert http.get(stylesheet).mimetype == "text/css"


def test_anchors_are_unique(calls: list[Operation]) -> None:
    anchors = [call.anchor for call in calls]
    assert len(set(anchors)) == len(anchors)


def test_every_example_gets_past_the_checks_of_the_api(
    http: FlaskClient, calls: list[Operation]
) -> None:
    some_id = "00000000-0000-4000-8000-000000000000"
    for call in calls:
        words = shlex.split(call.example)
        url = re.sub(r"\$\w+", some_id, words[-1]).removeprefix(ADDRESS)
        headers = dict(word.split(": ", 1) for word in words if re.match(r"[A-Z][\w-]*: ", word))
        body = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
        answer = http.open(url, method=call.method, headers=headers, json=body)
        # There is no database behind it, and the tokens in it are none.
        refused = answer.get_json(silent=True) or {}
        assert answer.status_code in (200, 202, 204, 404, 503) or refused.get("type") in (
            "/problems/login-required",
            "/problems/link-invalid",
        ), (call.example, answer.text)
