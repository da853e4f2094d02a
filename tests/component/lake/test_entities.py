"""Entities from events: in whatever order, however often, wherever a run dies, the same rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    CARTS,
    CURATED_EVENTS,
    CUSTOMERS,
    DAILY_SALES,
    ORDER_LINES,
    ORDERS,
    REFUND_LINES,
    REFUNDS,
    SESSIONS,
    STOCK_CHANGES,
    STOCK_LEVELS,
)
from shopnow.settings import Settings
from spark_jobs.compute_marts import compute, days_to_compute
from spark_jobs.lakehouse.session import JobError
from spark_jobs.lakehouse.tables import entity_tables
from spark_jobs.update_entities import update
from tests.support.event_messages import curated_rows, event, payload_of
from tests.support.kpi_steps import compute_kpis
from tests.support.sales_events import (
    DAY_1,
    DAY_2,
    ORDER,
    at,
    event_id,
    line,
    paid,
    placed,
    refunded,
    stock,
)

pytestmark = pytest.mark.slow

#: How rows came about, not what they say.
PROVENANCE = {"batch", "former_dates"}
TABLES = (ORDERS, REFUNDS, STOCK_CHANGES, STOCK_LEVELS, CARTS, SESSIONS, CUSTOMERS)

Event = dict[str, Any]


@pytest.fixture(autouse=True)
def no_progress(database: Any) -> Iterator[None]:
    """Each test begins with an empty lake; the progress of another is not its own."""
    database.execute("DELETE FROM kpi.load_progress")
    yield
    database.execute("DELETE FROM kpi.load_progress")


def publish(spark: SparkSession, *events: Event) -> None:
    curated_rows(spark, *events).writeTo(CURATED_EVENTS).append()


def emptied(spark: SparkSession, name: str) -> None:
    spark.table(name).limit(0).writeTo(name).overwrite(F.lit(True))


def content(spark: SparkSession) -> dict[str, Counter[Any]]:
    """The rows of every table, without their provenance."""
    found = {}
    for name in TABLES:
        rows = spark.table(name)
        kept = [column for column in rows.columns if column not in PROVENANCE]
        found[name] = Counter(map(str, rows.select(*kept).collect()))
    return found


def batches_of(spark: SparkSession) -> set[tuple[str, int]]:
    """The batch of each row of what is merged event by event, by its event."""
    firsts = {ORDERS: "placed", REFUNDS: "refunded", STOCK_CHANGES: "changed", CARTS: "filled"}
    return {
        (row[0], row[1])
        for name, fact in firsts.items()
        for row in spark.table(name).select(f"{fact}_event_id", "batch").collect()
    }


def days_by(spark: SparkSession, column: str) -> dict[date, Decimal | None]:
    return {row.business_date: row[column] for row in spark.table(DAILY_SALES).collect()}


def browsed(number: int, name: str, when: str, session: str, **payload: Any) -> Event:
    return event(
        name,
        payload_of(name) | {"session_id": session} | payload,
        event_id=event_id(number),
        occurred_at=when,
    )


SESSION, CART = "0197f3c2-7b1e-4c58-9a55-00000000aaaa", "0197f3c2-7b1e-4c58-9a55-00000000cccc"
VISIT = [
    browsed(21, "product_viewed", at(DAY_1, 10), SESSION, customer_id=None),
    browsed(22, "product_viewed", at(DAY_1, 9), SESSION, customer_id=None),
    browsed(23, "cart_item_added", at(DAY_1, 11), SESSION, cart_id=CART, customer_id=None),
    browsed(24, "checkout_started", at(DAY_1, 12), SESSION, cart_id=CART, customer_id="C1"),
    placed(
        *(25, 1, at(DAY_1, 13), line(1, "A", 2, "10.00"), line(2, "B", 1, "5.00")),
        session_id=SESSION,
        cart_id=CART,
    ),
    paid(26, 1, at(DAY_1, 14)),
]


def test_a_visit_is_a_session_a_cart_an_order_and_a_customer(
    lake: SparkSession, settings: Settings
) -> None:
    update(lake, settings)
    publish(lake, *VISIT)
    assert set(update(lake, settings)["changed"]) == {ORDERS, CARTS, SESSIONS, CUSTOMERS}

    [session] = lake.table(SESSIONS).collect()
    hours = {
        fact: session[f"{fact}_at"].hour
        for fact in ("started", "viewed", "carted", "checked_out", "ordered", "last_seen")
    }
    assert hours == {
        "started": 9,
        "viewed": 9,
        "carted": 11,
        "checked_out": 12,
        "ordered": 13,
        "last_seen": 13,
    }
    assert (session.customer_id, session.order_id) == ("C1", ORDER.format(1))
    assert session.searched_at is None

    [cart] = lake.table(CARTS).collect()
    assert (cart.filled_at.hour, cart.checked_out_at.hour, cart.order_id) == (
        *(11, 12),
        ORDER.format(1),
    )
    [order] = lake.table(ORDERS).collect()
    assert (order.paid_date, order.gross_amount, order.cancelled_at) == (DAY_1, Decimal(25), None)
    [customer] = lake.table(CUSTOMERS).collect()
    assert (customer.customer_id, customer.orders_paid, customer.first_paid_date) == (
        *("C1", 1),
        DAY_1,
    )
    lines = lake.table(ORDER_LINES).orderBy("line_number").collect()
    assert [(row.order_id, row.sku, row.quantity) for row in lines] == [
        (ORDER.format(1), "A", 2),
        (ORDER.format(1), "B", 1),
    ]


def test_the_order_of_the_events_and_their_batches_do_not_matter(
    lake: SparkSession, settings: Settings
) -> None:
    """Three batches that contradict each other, in other orders, give what one batch gives."""
    batches = [
        [
            placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")),
            paid(2, 1, at(DAY_2)),
            stock(3, "A", 1, 9, 4, at(DAY_1)),
            refunded(4, at(DAY_2), line(1, "A", 1, "1.00")),
            browsed(5, "product_viewed", at(DAY_1, 9), SESSION, customer_id="C1"),
        ],
        [
            placed(6, 1, at(DAY_1, 11), line(1, "B", 2, "10.00"), customer_id="C1"),
            paid(7, 1, at(DAY_1, 13)),
            stock(8, "A", 2, 4, 0, at(DAY_1)),
            browsed(9, "product_viewed", at(DAY_1, 8), SESSION, customer_id=None),
        ],
        [
            paid(10, 1, at(DAY_1, 13)),
            stock(11, "A", 2, 4, 0, at(DAY_2)),
            refunded(12, at(DAY_1), line(1, "A", 1, "1.00"), refund_id=event_id(604)),
            browsed(13, "cart_item_added", at(DAY_1, 10), SESSION, cart_id=CART, customer_id=None),
        ],
    ]
    update(lake, settings)
    publish(lake, *[event for batch in batches for event in batch])
    update(lake, settings)
    expected = content(lake)
    assert expected[ORDERS].total() == expected[REFUNDS].total() == 1
    for order in (batches[::-1], [*batches[1:], batches[0]]):
        for name in (CURATED_EVENTS, *TABLES):
            emptied(lake, name)
        for batch in order:
            publish(lake, *batch)
            update(lake, settings)
        assert content(lake) == expected


def test_merging_again_changes_no_row(
    lake: SparkSession, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that died before it could write its progress, and the one that makes up for it."""
    update(lake, settings)
    publish(lake, *VISIT, stock(30, "A", 1, 9, 0, at(DAY_1)))

    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("spark_jobs.update_entities.write_entity_progress", die)
        with pytest.raises(KeyboardInterrupt):
            update(lake, settings)
    first, batches = content(lake), batches_of(lake)
    publish(lake, paid(31, 2, at(DAY_2)))
    update(lake, settings)
    again = content(lake)
    new_order = again[ORDERS] - first[ORDERS]
    assert new_order.total() == 1
    assert again == first | {ORDERS: first[ORDERS] + new_order}
    assert batches_of(lake) >= batches, "rows that were there have not changed"


def test_only_dirty_days_are_computed_and_a_late_order_dirties_the_day_it_was_paid(
    lake: SparkSession, settings: Settings
) -> None:
    update(lake, settings)
    publish(
        lake,
        paid(2, 1, at(DAY_1)),
        placed(3, 2, at(DAY_2), line(1, "A", 1, "20.00")),
        paid(4, 2, at(DAY_2)),
    )
    assert compute_kpis(lake, settings)["days"] == "all", "the first time, all days"
    assert days_by(lake, "net_sales") == {DAY_2: Decimal("20.0000")}
    before = {row.file_path for row in lake.table(f"{DAILY_SALES}.files").collect()}

    publish(lake, placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")))
    assert compute_kpis(lake, settings)["days"] == 1
    assert days_by(lake, "net_sales") == {DAY_1: Decimal("10.0000"), DAY_2: Decimal("20.0000")}
    after = {row.file_path for row in lake.table(f"{DAILY_SALES}.files").collect()}
    assert before < after, "the files of the other day are the same"

    publish(lake, event("product_viewed"))
    assert compute_kpis(lake, settings)["days"] == 0


@pytest.mark.parametrize(
    ("first", "again", "column"),
    [
        (paid(5, 1, at(DAY_2)), paid(2, 1, at(DAY_1)), "gross_sales"),
        (
            refunded(6, at(DAY_2), line(1, "A", 1, "1.00"), refund_id=event_id(600)),
            refunded(7, at(DAY_1), line(1, "A", 1, "1.00"), refund_id=event_id(600)),
            "returns",
        ),
        (stock(8, "A", 1, 9, 0, at(DAY_2)), stock(9, "A", 1, 9, 0, at(DAY_1)), "stockouts"),
    ],
    ids=["payment", "refund", "stock change"],
)
def test_what_is_told_again_with_an_earlier_time_leaves_its_former_day(
    lake: SparkSession, settings: Settings, first: Event, again: Event, column: str
) -> None:
    update(lake, settings)
    publish(lake, placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")), first)
    compute_kpis(lake, settings)
    assert set(days_by(lake, column)) == {DAY_2}
    publish(lake, again)
    assert compute_kpis(lake, settings)["days"] == 2
    assert set(days_by(lake, column)) == {DAY_1}


def test_a_former_day_is_dirty_however_many_updates_came_between(
    lake: SparkSession, settings: Settings
) -> None:
    third = date(2026, 11, 22)
    compute_kpis(lake, settings)
    publish(lake, placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")), paid(2, 1, at(third)))
    compute_kpis(lake, settings)
    for number, day in ((3, DAY_2), (4, DAY_1)):
        publish(lake, paid(number, 1, at(day)))
        update(lake, settings)
    assert compute(lake, settings)["days"] == 3
    assert set(days_by(lake, "orders")) == {DAY_1}


def test_stock_levels_open_and_close_a_day(lake: SparkSession, settings: Settings) -> None:
    update(lake, settings)
    publish(
        lake,
        stock(1, "A", 1, 9, 4, at(DAY_1)),
        stock(2, "A", 2, 4, 0, at(DAY_1)),
        stock(3, "A", 3, 0, 8, at(DAY_2)),
    )
    update(lake, settings)
    publish(lake, stock(4, "A", 4, 8, 2, at(DAY_2)))
    update(lake, settings)
    rows = lake.table(STOCK_LEVELS).orderBy("business_date").collect()
    assert [
        (r.business_date, r.opening_available, r.closing_available, r.lowest_available, r.stockouts)
        for r in rows
    ] == [(DAY_1, 9, 0, 0, 1), (DAY_2, 0, 2, 2, 0)]


def test_other_definitions_build_the_tables_anew_and_compute_all_days(
    lake: SparkSession, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(lake, settings)
    publish(lake, *VISIT)
    compute_kpis(lake, settings)
    before = content(lake)
    emptied(lake, ORDERS)
    monkeypatch.setattr("spark_jobs.entities.declarations.REVISION", 2)
    assert compute_kpis(lake, settings)["days"] == "all"
    assert content(lake) == before
    assert days_to_compute(lake, None) is None
    assert update(lake, settings)["changed"] == []


def test_marts_without_entities_say_what_to_run(lake: SparkSession, settings: Settings) -> None:
    with pytest.raises(JobError, match="run update_entities first"):
        compute(lake, settings)


def test_an_engineers_own_maintenance_loses_nothing(lake: SparkSession, settings: Settings) -> None:
    compute_kpis(lake, settings)
    publish(lake, placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")))
    compute_kpis(lake, settings)
    publish(lake, paid(2, 1, at(DAY_2)))
    later = datetime.now(UTC).replace(year=2100).strftime("%Y-%m-%d %H:%M:%S")
    for name in (CURATED_EVENTS, *TABLES):
        if lake.table(f"{name}.snapshots").count():
            lake.sql(
                f"CALL lake.system.rewrite_data_files(table => '{name}',"
                " options => map('rewrite-all', 'true'))"
            )
            lake.sql(
                f"CALL lake.system.expire_snapshots(table => '{name}',"
                f" older_than => TIMESTAMP '{later}', retain_last => 1)"
            )
    assert compute_kpis(lake, settings)["days"] == 1
    publish(lake, paid(3, 1, at(DAY_1)))
    assert compute_kpis(lake, settings)["days"] == 2
    assert days_by(lake, "orders") == {DAY_1: 1}


def test_an_analyst_finds_every_column_described(lake: SparkSession, settings: Settings) -> None:
    update(lake, settings)
    for table in entity_tables():
        for column in lake.table(table.name).schema:
            assert column.metadata.get("comment"), f"{table.name}.{column.name}"
    for view in (ORDER_LINES, REFUND_LINES):
        assert lake.table(view).count() == 0
