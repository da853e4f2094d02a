"""From curated events to entities: what events tell, the MERGE of it, and the days it concerns."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from spark_jobs.entities.declarations import Entity, Fact


def told(entity: Entity, curated: DataFrame, batch: int) -> DataFrame:
    """What curated events tell of an entity: one row a key, with the columns of its table."""
    events = curated.filter(F.col("event_type").isin(entity.event_types))
    keyed = events.select(
        *[_payload(entity.event_types, name).alias(name) for name in entity.key],
        *[_telling(fact).alias(fact.name) for fact in entity.facts],
    ).filter(" AND ".join(f"{name} IS NOT NULL" for name in entity.key))
    decided = keyed.groupBy(*entity.key).agg(
        *[(F.max if fact.latest else F.min)(fact.name).alias(fact.name) for fact in entity.facts]
    )
    return decided.select(
        *entity.key,
        *[f"{fact.name}.{column}" for fact in entity.facts for column in fact.own_columns],
        *([F.array().cast("array<date>").alias("former_dates")] if entity.counts_on else []),
        F.lit(batch).cast("bigint").alias("batch"),
    )


def _telling(fact: Fact) -> Column:
    """A struct that sorts by time, then event id; null where the event does not tell the fact."""
    told_here = F.struct(
        F.col("occurred_at").alias(f"{fact.name}_at"),
        F.col("event_id").alias(f"{fact.name}_event_id"),
        F.col("business_date").alias(f"{fact.name}_date"),
        *[
            _payload(fact.event_types, payload_field).alias(column)
            for column, payload_field in fact.columns.items()
        ],
    )
    return F.when(F.col("event_type").isin(*fact.event_types), told_here)


def _payload(event_types: tuple[str, ...] | list[str], name: str) -> Column:
    return F.coalesce(*[F.col(f"{event_type}.{name}") for event_type in event_types])


def merge_sql(entity: Entity, source: str) -> str:
    """The MERGE of rows that `told` gives, in a view named `source`, into the entity's table.

    A row changes only where an event decides a fact anew. An entity that then counts on another day
    remembers the former one, whose figures are wrong from now on.
    """
    wins = {fact.name: _wins(fact) for fact in entity.facts}
    assigned = [
        f"{column} = CASE WHEN {wins[fact.name]} THEN s.{column} ELSE t.{column} END"
        for fact in entity.facts
        for column in fact.own_columns
    ]
    if entity.counts_on:
        day = f"{entity.counts_on}_date"
        assigned.append(
            f"former_dates = CASE WHEN {wins[entity.counts_on]} AND t.{day} <> s.{day}"
            f" THEN array_union(coalesce(t.former_dates, array()), array(t.{day}))"
            " ELSE t.former_dates END"
        )
    assigned.append("batch = s.batch")
    same_key = " AND ".join(f"t.{name} = s.{name}" for name in entity.key)
    return (
        f"MERGE INTO {entity.table} t USING {source} s ON {same_key}"
        f" WHEN MATCHED AND ({' OR '.join(wins.values())}) THEN UPDATE SET {', '.join(assigned)}"
        " WHEN NOT MATCHED THEN INSERT *"
    )


def _wins(fact: Fact) -> str:
    """Whether the source's event decides a fact, and not the table's."""
    at, event_id = f"{fact.name}_at", f"{fact.name}_event_id"
    before = ">" if fact.latest else "<"
    return (
        f"(s.{at} IS NOT NULL AND (t.{at} IS NULL OR s.{at} {before} t.{at}"
        f" OR (s.{at} = t.{at} AND s.{event_id} {before} t.{event_id})))"
    )


def counted_days(entity: Entity, rows: DataFrame) -> DataFrame:
    """business_date of every day on which rows count or have counted, distinct."""
    if entity.counts_on is None:
        raise ValueError(f"{entity.table} counts on no day")
    days = F.array_union(
        F.array(F.col(f"{entity.counts_on}_date")),
        F.coalesce("former_dates", F.array().cast("array<date>")),
    )
    found = rows.select(F.explode(days).alias("business_date"))
    return found.filter("business_date IS NOT NULL").distinct()


def customers(orders: DataFrame, changed: DataFrame | None, batch: int) -> DataFrame:
    """What the orders say of each customer of `changed` orders (None: of all customers)."""
    known = orders.filter("customer_id IS NOT NULL")
    if changed is not None:
        known = known.join(changed.select("customer_id").distinct(), on="customer_id", how="semi")
    paid = F.col("paid_at").isNotNull()
    return known.groupBy("customer_id").agg(
        F.count("*").alias("orders_placed"),
        F.count_if(paid).alias("orders_paid"),
        F.min("placed_at").alias("first_placed_at"),
        F.min("paid_at").alias("first_paid_at"),
        F.min("paid_date").alias("first_paid_date"),
        F.max("paid_at").alias("last_paid_at"),
        F.max("paid_date").alias("last_paid_date"),
        F.max_by("country", "placed_at").alias("country"),
        F.lit(batch).cast("bigint").alias("batch"),
    )
