"""Nobody but staff reaches what is staff's, whichever route it is."""

import re
import uuid

import pytest
from flask.testing import FlaskClient

from webshop.app import API

STRANGER = {"REMOTE_ADDR": "192.0.2.7"}


def staff_calls(http: FlaskClient) -> list[tuple[str, str]]:
    """(method, path) of every route of the staff's, with made-up ids."""
    found = []
    for rule in http.application.url_map.iter_rules():
        if rule.rule.startswith((f"{API}/staff", f"{API}/kpis", f"{API}/alerts")):
            path = re.sub(r"<uuid:[^>]+>", str(uuid.uuid4()), rule.rule)
            path = re.sub(r"<[^>]+>", "CUI-001", path)
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            found += [(method, path) for method in sorted(methods)]
    return found


def test_a_stranger_is_refused_by_every_route_of_the_staff(http: FlaskClient) -> None:
    calls = staff_calls(http)
    assert len(calls) >= 22
    for method, path in calls:
        answer = http.open(path, method=method, json={}, environ_overrides=STRANGER)
        assert answer.status_code in {401, 403}, (method, path, answer.status_code)


@pytest.mark.parametrize(
    "path", ["/staff/orders", "/staff/audit", "/staff/stock/CUI-001/movements"]
)
def test_a_refusal_is_a_problem(http: FlaskClient, path: str) -> None:
    answer = http.get(f"{API}{path}", environ_overrides=STRANGER)
    assert answer.mimetype == "application/problem+json"
