"""The verdict on what was read: differences, and apart from them what is only pending.

How the two are distinguished: each layer records how far it has read the one before (Kafka offsets
in its snapshots). Below that point everything must be there, and what is not is a difference.
Beyond it, everything is pending. No clock and no waiting time is involved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from reporting.reconciliation.lake_counts import LakeCounts, Sales
from reporting.reconciliation.shop_totals import RefusedEvent
from shopnow.kafka_offsets import KafkaOffsets, Offsets, Partition
from shopnow.topics import LANDED_TOPICS

#: At most this many refused events are listed.
_NAMED_REFUSALS = 20


@dataclass(frozen=True)
class Readings:
    """All that was read; `shop` is every sale, `settled` those that the marts must have."""

    lake: LakeCounts
    kafka: KafkaOffsets
    outbox: dict[str, tuple[int, int]]
    shop: Sales
    settled: Sales
    indicators: Sales
    refused: list[RefusedEvent] = field(default_factory=list)
    #: Up to which Kafka offsets the indicators include the events.
    computed: Offsets = field(default_factory=dict)


@dataclass(frozen=True)
class TopicCounts:
    """One topic from Kafka to the curated events; the pending counts are part of `kafka`."""

    topic: str
    kafka: int
    raw: int
    curated: int
    quarantined: int
    duplicates: int
    to_publish: int
    to_land: int
    to_curate: int


@dataclass(frozen=True)
class Reconciliation:
    """The verdict. It is `ok` when nothing differs, whatever is pending."""

    topics: list[TopicCounts]
    orders: tuple[int, int]
    net_sales: tuple[Decimal, Decimal]
    pending: dict[str, Any]
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is missing, duplicated or wrong."""
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        """The shape that programs read; amounts are decimal strings."""
        return {
            "ok": self.ok,
            "topics": [
                {
                    "topic": topic.topic,
                    "kafka": topic.kafka,
                    "raw": topic.raw,
                    "curated": topic.curated,
                    "quarantined": topic.quarantined,
                    "duplicates": topic.duplicates,
                    "pending": {
                        "to_publish": topic.to_publish,
                        "to_land": topic.to_land,
                        "to_curate": topic.to_curate,
                    },
                }
                for topic in self.topics
            ],
            "orders": {"shop": self.orders[0], "marts": self.orders[1]},
            "net_sales": {"shop": f"{self.net_sales[0]:f}", "marts": f"{self.net_sales[1]:f}"},
            "pending": self.pending,
            "differences": self.differences,
        }


def compare(read: Readings) -> Reconciliation:
    """Compare what was read; pure."""
    differences = [
        *_partition_differences(read.lake, read.kafka),
        *_outbox_differences(read),
        *_refusals(read.refused),
        *_sales_differences("the shop", read.settled, "the indicators", read.indicators),
    ]
    if read.lake.duplicate_events:
        differences.append(f"curated: {read.lake.duplicate_events} events are there more than once")
    topics = [_topic_counts(topic, read) for topic in LANDED_TOPICS]
    uncomputed = read.lake.curated != read.computed
    mart_differences = list(
        _sales_differences("the indicators", read.indicators, "the marts", read.lake.marts)
    )
    if not uncomputed:
        differences += mart_differences
    shop_orders, shop_net_sales = _totals(read.shop)
    settled_orders, settled_net_sales = _totals(read.settled)
    mart_orders, mart_net_sales = _totals(read.lake.marts)
    pending = {
        "events_to_publish": sum(topic.to_publish for topic in topics),
        "events_to_land": sum(topic.to_land for topic in topics),
        "events_to_curate": sum(topic.to_curate for topic in topics),
        "orders_to_compute": shop_orders - settled_orders,
        "net_sales_to_compute": f"{shop_net_sales - settled_net_sales:f}",
        "days_to_compute": sorted(
            {day for (day, currency), sales in read.shop.items()
             if read.settled.get((day, currency)) != sales}
        ),
        "marts_to_compute": uncomputed,
    }  # fmt: skip
    return Reconciliation(
        topics=topics,
        orders=(shop_orders, mart_orders),
        net_sales=(shop_net_sales, mart_net_sales),
        pending=pending,
        differences=differences,
    )


def _partition_differences(lake: LakeCounts, kafka: KafkaOffsets) -> Iterator[str]:
    for partition in sorted(kafka.end.keys() | lake.landed.keys() | lake.raw.keys()):
        name = f"{partition[0]} partition {partition[1]}"
        if partition not in kafka.end:
            yield f"{name}: rows were landed, and Kafka no longer has the partition"
            continue
        yield from _landing_differences(name, partition, lake, kafka)
        yield from _curation_differences(name, partition, lake)


def _landing_differences(
    name: str, partition: Partition, lake: LakeCounts, kafka: KafkaOffsets
) -> Iterator[str]:
    first = _first_offset(partition, lake, kafka)
    landed = lake.landed.get(partition, first)
    raw = lake.raw.get(partition)
    if landed > kafka.end[partition]:
        yield (
            f"{name}: landed up to offset {landed}, but Kafka ends at {kafka.end[partition]}:"
            " the topic was recreated or has lost messages"
        )
    if landed < kafka.first[partition]:
        lost = kafka.first[partition] - landed
        yield f"{name}: Kafka has deleted {lost} messages that were never landed"
    rows, offsets = (raw.rows, raw.offsets) if raw else (0, 0)
    expected = landed - first
    if offsets < expected:
        yield f"{name}: {expected - offsets} of {expected} landed messages are missing in raw"
    if rows > offsets:
        yield f"{name}: {rows - offsets} messages are in raw more than once"
    if offsets > expected:
        yield f"{name}: raw has {offsets - expected} messages beyond what was landed"


def _curation_differences(name: str, partition: Partition, lake: LakeCounts) -> Iterator[str]:
    raw = lake.raw.get(partition)
    consumed = raw.consumed if raw else 0
    curated, curated_within = lake.curated_rows.get(partition, (0, 0))
    quarantined, duplicates = lake.quarantined.get(partition, (0, 0))
    found = curated + quarantined + duplicates
    if consumed != found:
        yield (
            f"{name}: {consumed} raw rows were curated, but there are {curated} curated"
            f" + {quarantined} quarantined + {duplicates} duplicates = {found}"
        )
    if curated != curated_within:
        yield f"{name}: {curated - curated_within} curated rows lie beyond what was curated"


def _outbox_differences(read: Readings) -> Iterator[str]:
    """Published events are in Kafka: each at least once, so never fewer than were published."""
    for topic, (published, _waiting) in sorted(read.outbox.items()):
        counts = _topic_counts(topic, read)
        different = counts.kafka - counts.duplicates
        if published > different:
            yield (
                f"{topic}: the shop published {published} events, but Kafka received only"
                f" {different} different ones"
            )


def _refusals(refused: list[RefusedEvent]) -> Iterator[str]:
    """Each event that is not in Kafka because Kafka refused it; its order is left out above."""
    for event in refused[:_NAMED_REFUSALS]:
        yield (
            f"{event.topic}: Kafka refused {event.type} of {event.key} (seq {event.seq}):"
            f" {event.cause}. Once the cause is gone: shopnow publish-refused {event.seq}"
        )
    if len(refused) > _NAMED_REFUSALS:
        more = len(refused) - _NAMED_REFUSALS
        yield f"Kafka refused {more} more events: shopnow list-refused"


def _sales_differences(here: str, ours: Sales, there: str, theirs: Sales) -> Iterator[str]:
    nothing = (0, Decimal(0))
    for day, currency in sorted(ours.keys() | theirs.keys()):
        orders, net_sales = ours.get((day, currency), nothing)
        other_orders, other_net_sales = theirs.get((day, currency), nothing)
        if (orders, net_sales) != (other_orders, other_net_sales):
            yield (
                f"{day}: {here} has {orders} orders, {net_sales:f} {currency} net;"
                f" {there} {other_orders} orders, {other_net_sales:f} {currency} net"
            )


def _topic_counts(topic: str, read: Readings) -> TopicCounts:
    lake, kafka = read.lake, read.kafka
    partitions = [p for p in kafka.end.keys() | lake.raw.keys() if p[0] == topic]
    in_kafka = [p for p in partitions if p in kafka.end]
    raw = [lake.raw[p] for p in partitions if p in lake.raw]
    return TopicCounts(
        topic=topic,
        kafka=sum(kafka.end[p] - _first_offset(p, lake, kafka) for p in in_kafka),
        raw=sum(count.rows for count in raw),
        curated=sum(lake.curated_rows.get(p, (0, 0))[0] for p in partitions),
        quarantined=sum(lake.quarantined.get(p, (0, 0))[0] for p in partitions),
        duplicates=sum(lake.quarantined.get(p, (0, 0))[1] for p in partitions),
        to_publish=read.outbox.get(topic, (0, 0))[1],
        to_land=sum(
            max(0, kafka.end[p] - lake.landed.get(p, _first_offset(p, lake, kafka)))
            for p in in_kafka
        ),
        to_curate=sum(count.rows - count.consumed for count in raw),
    )


def _first_offset(partition: Partition, lake: LakeCounts, kafka: KafkaOffsets) -> int:
    """Where a partition began: raw remembers it after Kafka's retention has moved its start."""
    raw = lake.raw.get(partition)
    return min(kafka.first[partition], raw.first) if raw else kafka.first[partition]


def _totals(sales: Sales) -> tuple[int, Decimal]:
    orders = sum(count for count, _ in sales.values())
    return orders, sum((amount for _, amount in sales.values()), Decimal("0.0000"))
