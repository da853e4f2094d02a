"""Write, audit, publish on a real Iceberg catalog: main moves once, whole, or not at all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from shopnow.lake import CURATED_EVENTS, DUPLICATE, QUARANTINE_EVENTS, RAW_EVENTS, audit_branch
from shopnow.settings import Settings
from spark_jobs import curate_events
from spark_jobs.check_curated import check
from spark_jobs.curate_events import curate
from spark_jobs.lakehouse.session import JobError
from spark_jobs.lakehouse.snapshots import MainMovedError, Table
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.publish_events import publish
from tests.support.event_messages import BATCHES, ID, event, payload_of, sent

pytestmark = pytest.mark.slow

TABLES = (RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, _env_file=None)


@pytest.fixture
def lake(spark: SparkSession) -> Iterator[SparkSession]:
    """Empty tables; what the tests write is gone after them."""
    ensure_tables(spark, *TABLES)
    yield spark
    for name in TABLES:
        spark.sql(f"DROP TABLE {name}")


def land(spark: SparkSession, *events: dict[str, Any], first_offset: int = 0) -> None:
    (
        sent(spark, *events)
        .selectExpr(
            "topic",
            "partition",
            f"offset + {first_offset} AS offset",
            "kafka_timestamp",
            "CAST(NULL AS binary) AS key",
            "value",
            "current_timestamp() AS landed_at",
            "CAST(NULL AS array<struct<key: string, value: binary>>) AS headers",
            f"CAST({next(BATCHES)} AS bigint) AS batch",
        )
        .writeTo(RAW_EVENTS)
        .append()
    )


def paid(number: int, **changes: Any) -> dict[str, Any]:
    return event("order_paid", event_id=ID.format(number), **changes)


def curated_ids(spark: SparkSession, branch: str = "main") -> list[str]:
    rows = spark.read.option("versionAsOf", branch).table(CURATED_EVENTS).collect()
    return sorted(row.event_id[-1] for row in rows)


def refused(spark: SparkSession) -> dict[int, str]:
    return {row.offset: row.reason for row in spark.table(QUARANTINE_EVENTS).collect()}


def test_a_run_is_seen_when_it_is_published_and_changes_nothing_when_repeated(
    lake: SparkSession, settings: Settings
) -> None:
    land(lake, paid(1), paid(2, schema_version=7), paid(1))
    summary = curate(lake, settings, "run/1")
    assert summary["rows"] == 3
    assert summary["quarantined"] == {"contract_violation": 1, "duplicate_event_id": 1}
    assert curated_ids(lake) == [], "main waits for the checks"
    assert curated_ids(lake, audit_branch("run/1")) == ["1"]
    again = curate(lake, settings, "run/1")
    assert again["rows"] == 3

    passed = check(lake, settings, "run/1")
    assert passed["failed"] == 0
    assert passed["warnings"] == 1, "a third of the rows was refused"
    assert (settings.data_docs / "index.html").exists()
    assert len(publish(lake, "run/1")["published"]) == 2
    assert curated_ids(lake) == ["1"]
    assert refused(lake) == {1: "contract_violation", 2: "duplicate_event_id"}

    before = Table(lake, CURATED_EVENTS).head()
    assert curate(lake, settings, "run/1")["rows"] == 0
    assert check(lake, settings, "run/1")["checks"] == 0
    assert publish(lake, "run/1")["published"] == []
    assert Table(lake, CURATED_EVENTS).head() == before
    assert Table(lake, CURATED_EVENTS).branches() == {"main": before}
    assert Table(lake, CURATED_EVENTS).tags() == {}

    land(lake, paid(1), paid(3), first_offset=10)
    later = curate(lake, settings, "run/2")
    assert (later["rows"], later["curated"], later["duplicates"]) == (2, 1, 1)


def test_an_event_id_is_curated_once_whatever_its_month_type_and_letters(
    lake: SparkSession, settings: Settings
) -> None:
    october, november = "2026-10-31T10:00:00.000000Z", "2026-11-01T10:00:00.000000Z"
    land(lake, paid(1, occurred_at=october))
    curate(lake, settings, "first")
    check(lake, settings, "first")
    publish(lake, "first")

    letters = ID.format(1).upper()
    land(
        lake,
        paid(1, occurred_at=november),
        event("order_paid", event_id=letters, occurred_at=november),
        event("product_viewed", event_id=ID.format(1)),
        paid(2, occurred_at=november),
        paid(2, occurred_at=october),
        first_offset=10,
    )
    summary = curate(lake, settings, "second")
    assert (summary["curated"], summary["quarantined"]) == (1, {DUPLICATE: 4})
    assert check(lake, settings, "second")["failed"] == 0
    publish(lake, "second")
    dated = {row.event_id[-1]: row.occurred_at for row in lake.table(CURATED_EVENTS).collect()}
    assert dated == {"1": datetime(2026, 10, 31, 10), "2": datetime(2026, 11, 1, 10)}
    assert refused(lake) == dict.fromkeys((10, 11, 12, 14), DUPLICATE)
    details = {row.detail for row in lake.table(QUARANTINE_EVENTS).collect()}
    assert details == {f"event {ID.format(n)} was there before" for n in (1, 2)}


def test_a_copy_that_comes_months_later_is_found_where_it_says_the_same_month(
    lake: SparkSession, settings: Settings
) -> None:
    october, november = "2026-10-05T10:00:00.000000Z", "2026-11-05T10:00:00.000000Z"
    land(lake, paid(1, occurred_at=october), paid(2, occurred_at=october))
    curate(lake, settings, "first")
    check(lake, settings, "first")
    publish(lake, "first")
    old = "SET kafka_timestamp = TIMESTAMP '2026-01-01 00:00:00'"
    lake.sql(f"UPDATE {CURATED_EVENTS} {old}")

    # Beyond the days in which copies come, an event that says another month is another event.
    land(lake, paid(2, occurred_at=november), first_offset=10)
    assert curate(lake, settings, "second")["quarantined"] == {}
    longer = settings.model_copy(update={"deduplication_days": 500})
    assert curate(lake, longer, "third")["quarantined"] == {DUPLICATE: 1}

    land(lake, paid(1, occurred_at="2026-10-06T10:00:00.000000Z"), first_offset=20)
    assert curate(lake, settings, "fourth")["quarantined"] == {DUPLICATE: 2}


def test_the_gate_sees_an_event_id_and_a_message_of_another_month(
    lake: SparkSession, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(lake, paid(1, occurred_at="2026-10-31T10:00:00.000000Z"))
    curate(lake, settings, "first")
    check(lake, settings, "first")
    publish(lake, "first")
    # A curation that ignores existing rows, and a Kafka message that was landed twice.
    monkeypatch.setattr(
        curate_events, "known_event_ids", lambda spark, *_: spark.range(0).selectExpr("'' event_id")
    )
    land(lake, paid(1, occurred_at="2026-11-01T10:00:00.000000Z"))
    curate(lake, settings, "second")
    with pytest.raises(JobError) as failed:
        check(lake, settings, "second")
    message = str(failed.value)
    assert "2 of" in message
    assert f"however they are dated.  1 rows, for example '{ID.format(1)}'" in message
    assert "1 rows, for example 'shopnow.payments.v1/0/0'" in message


def test_a_failed_critical_check_leaves_main_as_it_was(
    lake: SparkSession, settings: Settings
) -> None:
    payload = payload_of("order_placed")
    payload["gross_amount"] = "1.00"
    land(lake, event("order_placed", payload))
    curate(lake, settings, "bad")
    before = Table(lake, CURATED_EVENTS).head()
    with pytest.raises(JobError, match="The gross amount of an order is the sum of its lines"):
        check(lake, settings, "bad")
    with pytest.raises(JobError, match="has not passed check_curated"):
        publish(lake, "bad")
    assert Table(lake, CURATED_EVENTS).head() == before
    assert curated_ids(lake) == []


def test_a_branch_written_anew_has_to_be_checked_anew(
    lake: SparkSession, settings: Settings
) -> None:
    land(lake, paid(1))
    curate(lake, settings, "run")
    check(lake, settings, "run")
    curate(lake, settings, "run")
    with pytest.raises(JobError, match="has not passed check_curated"):
        publish(lake, "run")


def test_killed_between_the_two_publications_no_row_is_lost_or_doubled(
    lake: SparkSession, settings: Settings
) -> None:
    land(lake, paid(1), paid(2, schema_version=7))
    curate(lake, settings, "killed")
    check(lake, settings, "killed")
    Table(lake, QUARANTINE_EVENTS).fast_forward(audit_branch("killed"))
    # The next run has another id, and more rows.
    land(lake, paid(3, source="?"), first_offset=2)
    summary = curate(lake, settings, "next")
    assert (summary["rows"], summary["quarantined"]) == (3, {"contract_violation": 2})
    assert check(lake, settings, "next")["failed"] == 0
    publish(lake, "next")
    assert curated_ids(lake) == ["1"]
    assert refused(lake) == {1: "contract_violation", 2: "contract_violation"}
    assert lake.table(QUARANTINE_EVENTS).count() == 2
    assert list(Table(lake, QUARANTINE_EVENTS).branches()) == ["main"]


def test_of_two_runs_on_the_same_rows_only_one_is_published(
    lake: SparkSession, settings: Settings
) -> None:
    land(lake, paid(1))
    for run in ("one", "two"):
        curate(lake, settings, run)
        check(lake, settings, run)
    publish(lake, "one")
    assert audit_branch("two") not in Table(lake, CURATED_EVENTS).branches(), "it is dead"
    assert publish(lake, "two")["published"] == []
    assert curated_ids(lake) == ["1"]


def test_main_moves_to_no_branch_that_does_not_start_from_it(lake: SparkSession) -> None:
    table = Table(lake, RAW_EVENTS)
    rows = lake.table(RAW_EVENTS).limit(0)
    for branch in ("land_a", "land_b"):
        base = table.create_branch(branch)
        table.append_to_branch(rows, branch, base, {})
    assert table.fast_forward("land_a")
    assert not table.fast_forward("land_a")
    with pytest.raises(MainMovedError):
        table.fast_forward("land_b")
    assert table.drop_stale_branches("land_") == ["land_b"]


def test_branches_made_and_dropped_at_the_same_moment_do_not_fail_each_other(
    lake: SparkSession,
) -> None:
    def come_and_go(branch: str) -> None:
        table = Table(lake, RAW_EVENTS)
        for _ in range(3):
            table.create_branch(branch)
            table.drop_branch(branch)

    with ThreadPoolExecutor() as pool:
        list(pool.map(come_and_go, ("land_a", "land_b")))
    assert list(Table(lake, RAW_EVENTS).branches()) == ["main"]


def test_a_branch_dropped_during_the_write_is_not_taken_for_the_one_that_was_made(
    lake: SparkSession,
) -> None:
    table = Table(lake, RAW_EVENTS)
    rows = lake.table(RAW_EVENTS).limit(0)
    base = table.create_branch("land_a")
    rows.writeTo(RAW_EVENTS).append()
    table.create_branch("land_a")  # as somebody else would, at the new main
    with pytest.raises(MainMovedError):
        table.append_to_branch(rows, "land_a", base, {})
    assert "land_a" not in table.branches()
