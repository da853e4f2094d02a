"""A second factor: set up, asked for, used once, lost, guessed, taken off."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pyotp import TOTP

STEP_S = 30
SUBJECTS = {
    "on": "La double authentification est activée",
    "off": "La double authentification est désactivée",
    "recovery": "Un code de secours a servi",
}


def problem(answer: httpx.Response, status: int, kind: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["type"] == f"/problems/{kind}"


def codes_of(secret: str) -> Iterator[str]:
    """Codes that the shop takes one after the other, from the earliest on that it takes now."""
    totp = TOTP(secret)
    step = int(time.time()) // STEP_S - 1
    while True:
        time.sleep(max(0.0, (step - 1) * STEP_S - time.time() + 0.5))
        yield totp.generate_otp(step)
        step += 1


class Protected:
    """An account with a second factor: who is logged in, its app and its recovery codes."""

    def __init__(self, visitor: Any, email: str, password: str) -> None:
        self.visitor, self.email = visitor, email
        visitor.log_in(email, password).raise_for_status()
        begun = visitor.send("POST", "/account/second-factor", json={"password": password})
        app = begun.raise_for_status().json()
        assert app["address"].startswith("otpauth://totp/ShopNow")
        self.secret = app["secret"]
        self.codes = codes_of(self.secret)
        self.first_code = next(self.codes)
        confirmed = visitor.send(
            "POST", "/account/second-factor/confirm", json={"code": self.first_code}
        )
        self.recovery_codes: list[str] = confirmed.raise_for_status().json()["recovery_codes"]


@pytest.fixture
def protect(
    new_visitor: Callable[[], Any], new_account: Callable[..., str], password: str
) -> Callable[..., Protected]:
    return lambda role="customer": Protected(new_visitor(), new_account(role), password)


def test_a_log_in_needs_a_code_that_holds_once(
    protect: Callable[..., Protected], new_visitor: Any, read_inbox: Any, password: str
) -> None:
    owner = protect()
    assert owner.visitor.account()["second_factor"] is True
    assert [mail["subject"] for mail in read_inbox(owner.email)] == [SUBJECTS["on"]]
    other = new_visitor()
    problem(other.log_in(owner.email, password), 401, "code-required")
    problem(other.log_in(owner.email, password, code=owner.first_code), 401, "code-wrong")
    problem(
        other.log_in(owner.email, "another phrase", code=next(owner.codes)), 401, "login-failed"
    )
    assert other.account() is None
    code = next(owner.codes)
    other.log_in(owner.email, password, code=f"{code[:3]} {code[3:]}").raise_for_status()
    problem(new_visitor().log_in(owner.email, password, code=code), 401, "code-wrong")


def test_of_many_log_ins_with_one_code_one_succeeds(
    protect: Callable[..., Protected], new_visitor: Any, password: str
) -> None:
    owner = protect()
    code = next(owner.codes)
    visitors = [new_visitor() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda v: v.log_in(owner.email, password, code=code), visitors))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]


def test_a_recovery_code_opens_the_account_once(
    protect: Callable[..., Protected], new_visitor: Any, read_inbox: Any, password: str
) -> None:
    owner = protect()
    spoken = owner.recovery_codes[3].upper().replace("-", " ")
    new_visitor().log_in(owner.email, password, code=spoken).raise_for_status()
    problem(new_visitor().log_in(owner.email, password, code=spoken), 401, "code-wrong")
    used = read_inbox(owner.email, 2)[-1]
    assert used["subject"] == SUBJECTS["recovery"] and "9" in used["text"]


def test_guessing_codes_is_slowed_wherever_it_comes_from(
    protect: Callable[..., Protected], new_visitor: Any, password: str
) -> None:
    owner = protect()
    wrong = [f"{number:06}" for number in range(12)]
    answers = [new_visitor().log_in(owner.email, password, code=code) for code in wrong]
    statuses = [answer.status_code for answer in answers]
    assert set(statuses[:5]) == {401} and statuses.count(429) >= 4, statuses
    # A guess without the password learns nothing about codes.
    problem(new_visitor().log_in(owner.email, "another phrase", code=wrong[0]), 401, "login-failed")


def test_turning_it_on_ends_the_sessions_that_had_no_code(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    email, elsewhere = new_account(), new_visitor()
    elsewhere.log_in(email, password).raise_for_status()
    owner = Protected(new_visitor(), email, password)
    assert elsewhere.account() is None
    assert owner.visitor.account() is not None


def test_it_is_taken_off_with_password_and_code_only(
    protect: Callable[..., Protected], new_visitor: Any, read_inbox: Any, password: str
) -> None:
    owner = protect()
    path = "/account/second-factor/remove"
    for body, kind in (
        ({"password": "another phrase", "code": next(owner.codes)}, "login-failed"),
        ({"password": password, "code": owner.first_code}, "code-wrong"),
    ):
        problem(owner.visitor.send("POST", path, json=body), 401, kind)
    again = owner.visitor.send("POST", "/account/second-factor", json={"password": password})
    problem(again, 409, "second-factor-on")
    body = {"password": password, "code": owner.recovery_codes[0]}
    assert owner.visitor.send("POST", path, json=body).status_code == 204
    new_visitor().log_in(owner.email, password).raise_for_status()
    assert SUBJECTS["off"] in {mail["subject"] for mail in read_inbox(owner.email, 3)}


def test_the_database_holds_neither_secret_nor_recovery_code(
    protect: Callable[..., Protected], database: Any
) -> None:
    owner = protect()
    kept = database.execute(
        "SELECT f.sealed_secret, array_agg(c.code_hash) AS hashes"
        " FROM shop.accounts a JOIN shop.account_second_factors f USING (account_id)"
        " JOIN shop.account_recovery_codes c USING (account_id)"
        " WHERE a.email = %s GROUP BY f.sealed_secret",
        [owner.email],
    ).fetchone()
    assert len(kept["hashes"]) == len(owner.recovery_codes) == 10
    stored = bytes(kept["sealed_secret"]) + b"".join(bytes(each) for each in kept["hashes"])
    for secret in (owner.secret, *owner.recovery_codes):
        assert secret.encode() not in stored
        assert secret.replace("-", "").encode() not in stored


def test_an_admin_takes_a_lost_one_off_and_it_is_noted(
    protect: Callable[..., Protected], new_visitor: Any, new_account: Any, password: str
) -> None:
    owner, admin, manager = protect(), new_visitor(), new_visitor()
    admin.log_in(new_account("admin"), password).raise_for_status()
    manager.log_in(new_account("manager"), password).raise_for_status()
    account_id = owner.visitor.account()["account_id"]
    path = f"/staff/accounts/{account_id}/second-factor"

    def listed() -> dict[str, Any]:
        found = admin.http.get("/staff/customers", params={"q": owner.email}).raise_for_status()
        [customer] = found.json()["items"]
        return {name: customer[name] for name in ("account_id", "second_factor")}

    assert listed() == {"account_id": account_id, "second_factor": True}
    problem(manager.send("DELETE", path), 403, "forbidden")
    assert admin.send("DELETE", path).status_code == 204
    assert listed() == {"account_id": account_id, "second_factor": False}
    new_visitor().log_in(owner.email, password).raise_for_status()
    lines = admin.http.get("/staff/audit").raise_for_status().json()["items"]
    noted = next(line for line in lines if line["subject"] == f"account {account_id}")
    assert noted["action"] == "account.second_factor"
    assert noted["before"] == {"second_factor": True}
    assert datetime.fromisoformat(noted["at"]) <= datetime.now(UTC)
