"""When a promotion code grants something, what it says when it does not, and in which currency."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from webshop.api.http import access
from webshop.api.staff import promotions
from webshop.bootstrap import Shop
from webshop.domain.accounts.accounts import Account, Role, Session
from webshop.domain.ordering.promotions import Promotion

GROSS = Decimal("50.00")
CODE = Promotion(
    "TEN", "−10 %", "percent", Decimal(10), Decimal("50.00"), None, None, 3, 2, True, True
)
DAY = timedelta(days=1)


def test_it_holds_with_the_last_use_and_the_exact_minimum(now: datetime) -> None:
    assert CODE.refusal(GROSS, now, used_before=False) is None
    open_now = replace(CODE, starts_at=now, ends_at=now + DAY)
    assert open_now.refusal(GROSS, now, used_before=False) is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"active": False}, "unknown"),
        ({"starts_at": DAY}, "unknown"),
        ({"ends_at": timedelta()}, "expired"),
        ({"uses": 3}, "used_up"),
        ({"minimum": Decimal("50.01")}, "minimum"),
    ],
)
def test_why_it_does_not_hold(change: dict[str, Any], refusal: str, now: datetime) -> None:
    fields = {k: now + v if isinstance(v, timedelta) else v for k, v in change.items()}
    assert replace(CODE, **fields).refusal(GROSS, now, used_before=False) == refusal


def test_a_customer_uses_it_once(now: datetime) -> None:
    assert CODE.refusal(GROSS, now, used_before=True) == "already_used"
    often = replace(CODE, once_per_customer=False)
    assert often.refusal(GROSS, now, used_before=True) is None


def test_half_a_cent_is_rounded_up() -> None:
    assert CODE.discount(Decimal("0.05")) == Decimal("0.01")
    assert CODE.discount(Decimal("12.34")) == Decimal("1.23")


def test_its_amounts_are_in_the_currency_of_the_shop(
    http_with: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    @contextmanager
    def transaction(shop: Shop) -> Iterator[None]:
        yield

    manager = Account(uuid.uuid4(), "1", "m@example.org", "Max", "fr", Role.MANAGER)
    monkeypatch.setattr(access, "_current_session", lambda *_: Session(b"", manager, now, now))
    monkeypatch.setattr(Shop, "transaction", transaction)
    monkeypatch.setattr(promotions, "list_promotions", lambda _: [CODE])
    answer = http_with(currency="CHF").get("/api/v1/staff/promotions")
    [promotion] = answer.get_json()["items"]
    assert (promotion["minimum"], promotion["currency"]) == ("50.00", "CHF")
