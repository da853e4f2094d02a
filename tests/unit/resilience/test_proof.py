"""The proof of the chaos bench: it holds for a sound shop, and one broken thing breaks its line."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.resilience.proof import Evidence, prove

SKU = "BENCH-1"


def movement(version: int, reason: str, quantity: int, on_hand: tuple[int, int]) -> dict[str, Any]:
    """A movement of a product with ten units, of which three are reserved and then sold."""
    available = {1: (0, 10), 2: (10, 7), 3: (7, 7)}[version]
    return {
        "version": version,
        "event_id": f"event-{version}",
        "reason": reason,
        "quantity": quantity,
        "on_hand_before": on_hand[0],
        "on_hand_after": on_hand[1],
        "available_before": available[0],
        "available_after": available[1],
    }


def sound() -> Evidence:
    """One order of three units, paid; everything agrees."""
    movements = [
        movement(1, "restock", 10, (0, 10)),
        movement(2, "reservation", -3, (10, 10)),
        movement(3, "sale", 0, (10, 7)),
    ]
    placed = {"order_id": "one", "lines": [{"sku": SKU}]}
    stock_events = [
        {"event_id": m["event_id"], "event_type": "stock_changed", "payload": m | {"sku": SKU}}
        for m in movements
    ]
    return Evidence(
        orders={"one"},
        every_order={"one", "other"},
        stock={SKU: {"on_hand": 7, "reserved": 0, "version": 3}},
        units_sold={SKU: 3},
        movements={SKU: movements},
        events=[{"event_id": "p", "event_type": "order_placed", "payload": placed}, *stock_events],
    )


def rolled_back_order_published(evidence: Evidence) -> None:
    payload = {"order_id": "never committed", "lines": []}
    evidence.events.append({"event_id": "x", "event_type": "order_paid", "payload": payload})


def order_not_published(evidence: Evidence) -> None:
    evidence.orders.add("other")


def reservation_kept(evidence: Evidence) -> None:
    evidence.stock[SKU]["reserved"] = 1


def sold_twice(evidence: Evidence) -> None:
    evidence.units_sold[SKU] = 6


def gap_in_the_ledger(evidence: Evidence) -> None:
    del evidence.movements[SKU][1]


def event_with_another_level(evidence: Evidence) -> None:
    event = copy.deepcopy(evidence.events[-1])
    event["payload"]["on_hand_after"] = 8
    evidence.events.append(event)


def test_a_sound_shop_passes_even_when_events_are_repeated() -> None:
    evidence = sound()
    evidence.events += evidence.events
    assert [finding.claim for finding in prove(evidence) if not finding.holds] == []


@pytest.mark.parametrize(
    ("damage", "claim"),
    [
        (rolled_back_order_published, "no event is about an order that is not in the database"),
        (order_not_published, "committed orders = distinct order_placed events in Kafka"),
        (reservation_kept, "every reservation is released or sold"),
        (sold_twice, "units taken from stock = units of paid orders"),
        (gap_in_the_ledger, "ledger = stock, its versions without a gap"),
        (event_with_another_level, "ledger = stock_changed events in Kafka"),
    ],
)
def test_one_broken_thing_breaks_its_line(damage: Callable[[Evidence], None], claim: str) -> None:
    evidence = sound()
    damage(evidence)
    assert claim in [finding.claim for finding in prove(evidence) if not finding.holds]


def test_a_key_answered_in_two_ways_is_told() -> None:
    broken = [finding for finding in prove(sound(), ["/carts key"]) if not finding.holds]
    assert [finding.right for finding in broken] == ["/carts key"]
