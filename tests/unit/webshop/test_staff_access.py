"""Nobody but staff reaches what is staff's, whichever route it is."""

import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.unit.webshop.api_examples import example_calls
from webshop.api.http import access
from webshop.api.staff.products import ProductChange
from webshop.app import API
from webshop.domain.accounts.accounts import Account, Role, Session

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


def test_the_document_says_that_staff_need_a_session(http: FlaskClient) -> None:
    spec = http.get(f"{API}/openapi.json").get_json()
    for path, methods in spec["paths"].items():
        if path.startswith((f"{API}/staff", f"{API}/kpis", f"{API}/alerts")):
            for method, operation in methods.items():
                [requirement] = operation["security"]
                assert "Session" in requirement, (method, path)
                assert {"401", "403"} <= set(operation["responses"]), (method, path)


def test_every_example_of_the_staffs_calls_is_taken_from_an_admin(
    http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec: Any = http.get(f"{API}/openapi.json").get_json()
    calls = [call for call in example_calls(spec) if call.tag.startswith("Staff: ")]
    assert len(calls) >= 23
    admin = Account(uuid.uuid4(), "1", "a@example.org", "Ada", "fr", Role.ADMIN)
    # No cookie is sent with it, so that nothing but the examples can be refused.
    session = Session(b"", admin, datetime.now(UTC), datetime.now(UTC))
    monkeypatch.setattr(access, "_current_session", lambda *_: session)
    for call in calls:
        answer = call.send(http)
        # It came as far as the database, of which there is none.
        assert answer.status_code == 503, (call, answer.text)


@pytest.mark.parametrize("on", [False, True])
def test_where_the_settings_ask_for_one_staff_need_a_second_factor(
    http_with: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    moment = datetime.now(UTC)
    manager = Account(uuid.uuid4(), "1", "m@example.org", "Max", "fr", Role.MANAGER, moment)
    for account, refused in (
        (manager, on),
        (replace(manager, second_factor_at=moment), False),
    ):
        session = Session(b"", account, moment, moment)
        monkeypatch.setattr(access, "_current_session", lambda *_, found=session: found)
        http = http_with(staff_second_factor=on)
        for method, path in staff_calls(http):
            if path.startswith(f"{API}/staff/accounts"):
                continue  # for admins
            answer = http.open(path, method=method, json={})
            kind = (answer.get_json(silent=True) or {}).get("type")
            assert (kind == "/problems/second-factor-missing") is refused, (method, path, kind)


def test_a_change_names_columns_and_only_english_texts_can_be_taken_away() -> None:
    change = {"name": None, "price": "3.00", "name_en": "", "description_en": None, "active": False}
    columns = ProductChange.model_validate(change).columns
    assert set(columns) == {"price", "name_en", "description_en", "active"}
    assert columns["name_en"] is None
