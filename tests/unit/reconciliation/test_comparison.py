"""A lost, duplicate or wrong event is always a difference; a pending one never is."""

from dataclasses import replace
from decimal import Decimal

from reporting.reconciliation.comparison import Readings, compare
from reporting.reconciliation.lake_counts import LakeCounts, RawCount
from reporting.reconciliation.shop_totals import RefusedEvent
from shopnow.kafka_offsets import KafkaOffsets
from shopnow.topics import LANDED_TOPICS, ORDERS

P = (ORDERS, 0)
DAY = ("2010-12-01", "EUR")
SOLD = {DAY: (2, Decimal("30.6000"))}

#: Ten messages, all the way through: eight curated, one quarantined, one duplicate.
LAKE = LakeCounts(
    landed={P: 10},
    curated={P: 10},
    raw={P: RawCount(rows=10, offsets=10, first=0, last=9, consumed=10)},
    curated_rows={P: (8, 8)},
    quarantined={P: (1, 1)},
    marts=SOLD,
)
ALL_DONE = Readings(
    lake=LAKE,
    computed={P: 10},
    kafka=KafkaOffsets(first={P: 0}, end={P: 10}),
    outbox={ORDERS: (9, 0)},
    shop=SOLD,
    settled=SOLD,
    indicators=SOLD,
)


def reading(**changed) -> Readings:
    """All done, but for these fields of the readings."""
    return replace(ALL_DONE, **changed)


def lake(**changed) -> Readings:
    """All done, but for these fields of the lake."""
    return reading(lake=replace(LAKE, **changed))


def only_difference(read: Readings) -> str:
    found = compare(read)
    assert not found.ok
    (difference,) = found.differences
    return difference


def test_when_everything_arrived_the_counts_add_up():
    found = compare(ALL_DONE)
    assert found.ok
    assert [topic.topic for topic in found.topics] == list(LANDED_TOPICS)
    orders = found.as_json()["topics"][0]
    assert orders["kafka"] == orders["raw"] == 10
    assert orders["curated"] + orders["quarantined"] + orders["duplicates"] == 10
    assert found.as_json()["orders"] == {"shop": 2, "marts": 2}
    assert found.as_json()["net_sales"] == {"shop": "30.6000", "marts": "30.6000"}


def test_an_empty_platform_is_in_order():
    nothing = KafkaOffsets(first={P: 0}, end={P: 0})
    assert compare(Readings(LakeCounts(), nothing, {}, {}, {}, {})).ok


def test_fresh_messages_are_pending():
    found = compare(reading(kafka=KafkaOffsets({P: 0}, {P: 13})))
    assert found.ok
    assert found.topics[0].to_land == found.pending["events_to_land"] == 3


def test_landed_but_not_curated_rows_are_pending():
    landed = replace(LAKE, landed={P: 12}, raw={P: RawCount(12, 12, 0, 11, 10)})
    found = compare(reading(lake=landed, kafka=KafkaOffsets({P: 0}, {P: 12})))
    assert found.ok
    assert found.pending["events_to_curate"] == 2


def test_events_in_the_outbox_are_pending():
    found = compare(reading(outbox={ORDERS: (9, 4)}))
    assert found.ok
    assert found.pending["events_to_publish"] == 4


def test_an_order_on_its_way_is_pending_with_its_day_and_amount():
    more = {DAY: (3, Decimal("40.0000"))}
    found = compare(reading(shop=more))
    assert found.ok
    assert found.pending["orders_to_compute"] == 1
    assert found.pending["net_sales_to_compute"] == "9.4000"
    assert found.pending["days_to_compute"] == ["2010-12-01"]


def test_a_message_missing_in_raw_is_a_difference():
    found = only_difference(lake(raw={P: RawCount(9, 9, 0, 9, 9)}, curated_rows={P: (7, 7)}))
    assert "1 of 10 landed messages are missing in raw" in found


def test_a_missing_first_message_is_a_difference():
    found = only_difference(lake(raw={P: RawCount(9, 9, 1, 9, 9)}, curated_rows={P: (7, 7)}))
    assert "1 of 10 landed messages are missing in raw" in found


def test_one_lost_and_one_doubled_message_do_not_cancel_out():
    found = compare(lake(raw={P: RawCount(10, 9, 0, 9, 10)}))
    assert len(found.differences) == 2
    assert "missing in raw" in found.differences[0]
    assert "more than once" in found.differences[1]


def test_a_row_lost_between_raw_and_curated_is_a_difference():
    assert "10 raw rows were curated" in only_difference(lake(curated_rows={P: (7, 7)}))


def test_a_doubled_event_is_a_difference():
    assert "more than once" in only_difference(lake(duplicate_events=1))


def test_an_order_that_the_indicators_lack_is_a_difference():
    missing = {DAY: (1, Decimal("15.3000"))}
    found = compare(reading(indicators=missing, lake=replace(LAKE, marts=missing)))
    assert not found.ok
    assert "2010-12-01: the shop has 2 orders, 30.6000 EUR net" in found.differences[0]


def test_a_cent_is_a_difference():
    off = {DAY: (2, Decimal("30.6100"))}
    assert not compare(reading(indicators=off, lake=replace(LAKE, marts=off))).ok


def test_two_days_whose_errors_cancel_out_are_two_differences():
    other = {("2010-12-02", "EUR"): (2, Decimal("30.6000"))}
    found = compare(reading(indicators=other, lake=replace(LAKE, marts=other)))
    assert len(found.differences) == 2


def test_marts_that_differ_from_the_indicators_are_a_difference_unless_a_run_is_due():
    off = {DAY: (1, Decimal("1.0000"))}
    assert not compare(lake(marts=off)).ok
    assert compare(reading(lake=replace(LAKE, marts=off), computed={P: 9})).ok


def test_a_published_event_that_kafka_never_received_is_a_difference():
    found = only_difference(reading(outbox={ORDERS: (10, 0)}))
    assert "published 10 events, but Kafka received only 9" in found


def test_a_topic_made_anew_is_a_difference():
    found = compare(reading(kafka=KafkaOffsets({P: 0}, {P: 4}), outbox={}))
    assert "Kafka ends at 4" in found.differences[0]


def test_messages_deleted_before_they_were_landed_are_a_difference():
    found = compare(reading(kafka=KafkaOffsets({P: 15}, {P: 20})))
    assert any("deleted 5 messages that were never landed" in text for text in found.differences)


def test_retention_of_landed_messages_is_no_difference():
    found = compare(reading(kafka=KafkaOffsets({P: 6}, {P: 10})))
    assert found.ok
    assert found.topics[0].kafka == 10


def test_an_event_that_kafka_refused_is_named_and_its_order_is_no_second_difference():
    refused = RefusedEvent(ORDERS, 5, "order_placed", "o-1", "Broker: Message size too large")
    sold = {DAY: (3, Decimal("40.0000"))}
    found = only_difference(reading(refused=[refused], shop=sold))
    for named in (ORDERS, "order_placed of o-1", "seq 5", refused.cause, "publish-refused 5"):
        assert named in found


def test_many_refused_events_are_counted_beyond_the_first():
    refused = [RefusedEvent(ORDERS, n, "order_placed", f"o-{n}", "too large") for n in range(50)]
    differences = compare(reading(refused=refused)).differences
    assert len(differences) == 21
    assert differences[-1] == "Kafka refused 30 more events: shopnow list-refused"
