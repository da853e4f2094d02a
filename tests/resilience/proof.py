"""What has to hold once everything has settled, whatever was killed: database against Kafka."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from reporting.reconciliation.kafka_log import read_messages
from shopnow.kafka_offsets import Offsets, read_offsets
from shopnow.settings import Settings
from shopnow.topics import ORDERS, PAYMENTS, STOCK

#: Topics that tell of a checkout, from its order to its payment.
TOPICS = (ORDERS, PAYMENTS, STOCK)
#: What a movement and its event both say.
MOVEMENT_FIELDS = (
    *("event_id", "reason", "quantity", "on_hand_before", "on_hand_after"),
    *("available_before", "available_after"),
)

Event = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One line of the proof: a claim, its two sides as they were counted, and whether it holds."""

    claim: str
    left: str
    right: str
    holds: bool


@dataclass
class Evidence:
    """What is in the database of the products sold, and what Kafka has got since the start.

    `orders` and `units_held` speak of orders with one of the products; `every_order` is all ids.
    """

    orders: set[str] = field(default_factory=set)
    every_order: set[str] = field(default_factory=set)
    unpaid: int = 0
    stock: dict[str, dict[str, int]] = field(default_factory=dict)
    units_held: dict[str, int] = field(default_factory=dict)
    units_sold: dict[str, int] = field(default_factory=dict)
    movements: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


def end_offsets(settings: Settings) -> Offsets:
    """Where the topics end now. Raises KafkaException."""
    return read_offsets(settings.kafka_bootstrap, TOPICS).end


def read_events(settings: Settings, since: Offsets) -> list[Event]:
    """All messages from these offsets to the ends of today. Raises KafkaException."""
    ranges = {place: (since.get(place, 0), end) for place, end in end_offsets(settings).items()}
    return [
        json.loads(message.value()) for message in read_messages(settings.kafka_bootstrap, ranges)
    ]


def gather(
    settings: Settings, connection: psycopg.Connection[Any], skus: list[str], since: Offsets
) -> Evidence:
    """The evidence on what was sold of these products."""
    found = Evidence(events=read_events(settings, since))
    query = "SELECT order_id::text FROM shop.orders"
    found.every_order = {order for (order,) in connection.execute(query)}
    query = """
        SELECT order_id::text, status, sku, sum(quantity)::int
        FROM shop.orders JOIN shop.order_lines USING (order_id)
        WHERE sku = ANY(%s) GROUP BY order_id, status, sku
    """
    held: defaultdict[str, int] = defaultdict(int)
    sold: defaultdict[str, int] = defaultdict(int)
    unpaid = set()
    for order, status, sku, units in connection.execute(query, [skus]):
        found.orders.add(order)
        if status == "pending_payment":
            held[sku] += units
        if status in {"pending_payment", "payment_failed"}:
            unpaid.add(order)
        if status in {"paid", "shipped"}:
            sold[sku] += units
    found.unpaid, found.units_held, found.units_sold = len(unpaid), dict(held), dict(sold)
    query = "SELECT sku, on_hand, reserved, version FROM shop.stock WHERE sku = ANY(%s)"
    for sku, on_hand, reserved, version in connection.execute(query, [skus]):
        found.stock[sku] = {"on_hand": on_hand, "reserved": reserved, "version": version}
        found.movements[sku] = []
    query = """
        SELECT sku, version, event_id::text, reason, quantity, on_hand_before, on_hand_after,
            available_before, available_after
        FROM shop.stock_movements WHERE sku = ANY(%s) ORDER BY sku, version
    """
    names = ("version", *MOVEMENT_FIELDS)
    for sku, *values in connection.execute(query, [skus]):
        found.movements[sku].append(dict(zip(names, values, strict=True)))
    return found


def prove(evidence: Evidence, contradictions: Iterable[str] = ()) -> list[Finding]:
    """The claims, each with what speaks for and against it."""
    return [
        *_orders(evidence),
        *_reservations(evidence),
        *_ledger(evidence),
        _none("no idempotency key is answered in two ways", list(contradictions)),
    ]


def _orders(evidence: Evidence) -> list[Finding]:
    skus = evidence.stock.keys()
    placed = {
        event["payload"]["order_id"]
        for event in evidence.events
        if event["event_type"] == "order_placed"
        and any(line["sku"] in skus for line in event["payload"]["lines"])
    }
    in_events = {
        event["payload"]["order_id"]
        for event in evidence.events
        if "order_id" in event["payload"] and event["payload"]["order_id"]
    }
    return [
        Finding(
            "committed orders = distinct order_placed events in Kafka",
            f"{len(evidence.orders)} orders",
            f"{len(placed)} events",
            evidence.orders == placed,
        ),
        _none(
            "no event is about an order that is not in the database",
            in_events - evidence.every_order,
        ),
    ]


def _reservations(evidence: Evidence) -> list[Finding]:
    reserved = {sku: level["reserved"] for sku, level in evidence.stock.items()}
    held = {sku: evidence.units_held.get(sku, 0) for sku in evidence.stock}
    opened = {sku: _opening(moves) for sku, moves in evidence.movements.items()}
    removed = {sku: opened[sku] - level["on_hand"] for sku, level in evidence.stock.items()}
    sold = {sku: evidence.units_sold.get(sku, 0) for sku in evidence.stock}
    return [
        Finding(
            "stock.reserved = units of orders that hold stock",
            f"{sum(reserved.values())} units",
            f"{sum(held.values())} units",
            reserved == held,
        ),
        Finding(
            "every reservation is released or sold",
            f"{evidence.unpaid} orders unpaid",
            f"{sum(reserved.values())} units reserved",
            evidence.unpaid == 0 and not any(reserved.values()),
        ),
        Finding(
            "units taken from stock = units of paid orders",
            f"{sum(removed.values())} units",
            f"{sum(sold.values())} units",
            removed == sold,
        ),
    ]


def _opening(movements: list[dict[str, Any]]) -> int:
    return sum(move["quantity"] for move in movements if move["reason"] == "restock")


def _ledger(evidence: Evidence) -> list[Finding]:
    moves = [(sku, move) for sku, found in evidence.movements.items() for move in found]
    by_ledger = {(sku, move["version"]): _movement_fields(move) for sku, move in moves}
    by_event: dict[tuple[str, int], dict[str, Any]] = {}
    unlike = []
    for event in evidence.events:
        payload = event["payload"]
        if event["event_type"] != "stock_changed" or payload["sku"] not in evidence.stock:
            continue
        fields = _movement_fields(payload | {"event_id": event["event_id"]})
        if by_event.setdefault((payload["sku"], payload["version"]), fields) != fields:
            unlike.append(event["event_id"])
    broken = [
        sku for sku, found in evidence.movements.items() if not _adds_up(sku, found, evidence)
    ]
    return [
        _none("ledger = stock, its versions without a gap", broken),
        Finding(
            "ledger = stock_changed events in Kafka",
            f"{len(by_ledger)} movements",
            f"{len(by_event)} events",
            by_ledger == by_event and not unlike,
        ),
    ]


def _movement_fields(move: Mapping[str, Any]) -> dict[str, Any]:
    return {name: move[name] for name in MOVEMENT_FIELDS}


def _adds_up(sku: str, movements: list[dict[str, Any]], evidence: Evidence) -> bool:
    """Whether the movements follow from each other, from nothing to today's level."""
    level = evidence.stock[sku]
    on_hand = available = 0
    for version, move in enumerate(movements, start=1):
        if (move["version"], move["on_hand_before"], move["available_before"]) != (
            *(version, on_hand, available),
        ):
            return False
        on_hand, available = move["on_hand_after"], move["available_after"]
    return (len(movements), on_hand, on_hand - available) == (
        *(level["version"], level["on_hand"], level["reserved"]),
    )


def _none(claim: str, found: Iterable[str]) -> Finding:
    against = sorted(found)
    return Finding(claim, f"{len(against)} against it", "; ".join(against)[:200], not against)
