"""Migrations: what they build is what the code believes, up and down, also on a filled database."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from webshop.adapters.json_rows import to_json
from webshop.adapters.tables import (
    SHOP,
    metadata,
    orders,
    outbox,
    outbox_pending,
    payments,
    refunds,
)
from webshop.migrate import alembic_config, migrate
from webshop.seed import seed


def step_down(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        command.downgrade(alembic_config(connection), revision)


def test_the_migrated_schema_is_the_one_in_the_tables_module(empty_database: str) -> None:
    migrate(empty_database)
    engine = create_engine(empty_database)
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: name == SHOP if kind == "schema" else True,
        "compare_type": True,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_down_and_up_again_on_a_filled_database(empty_database: str) -> None:
    engine = create_engine(empty_database, json_serializer=to_json)
    for _ in range(2):
        migrate(empty_database)
        with engine.begin() as connection:
            assert seed(connection, "EUR", datetime.now(UTC)) > 0
            assert seed(connection, "EUR", datetime.now(UTC)) == 0
        migrate(empty_database, "base")
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT to_regnamespace('shop')")) is None
    engine.dispose()


def test_payments_go_down_and_up_again_with_their_orders(empty_database: str) -> None:
    """A payment under way, one to be given back, a paid one and its refund, then one step down."""
    engine = create_engine(empty_database)
    migrate(empty_database)
    now = datetime.now(UTC)
    with engine.begin() as connection:
        rows = [uuid.uuid4() for _ in range(3)]
        for number, order_id in enumerate(rows):
            connection.execute(
                insert(orders).values(
                    order_id=order_id,
                    order_number=f"SN-{number}",
                    channel="web",
                    currency="EUR",
                    status="paid",
                    gross_amount=5,
                    total_amount=5,
                    placed_at=now,
                    paid_at=now,
                )
            )
        for order_id, status, due in zip(
            rows, ("pending", "failed", "succeeded"), (None, now, None), strict=True
        ):
            connection.execute(
                insert(payments).values(
                    payment_id=order_id,
                    order_id=order_id,
                    amount=5,
                    currency="EUR",
                    method="card",
                    provider="sandbox",
                    status=status,
                    provider_reference="x" * 200,
                    redirect_url="http://gateway/pay/x",
                    refund_due_at=due,
                )
            )
        connection.execute(
            insert(refunds).values(
                refund_id=rows[2],
                refund_number="R-1",
                order_id=rows[2],
                payment_id=rows[2],
                channel="web",
                currency="EUR",
                amount=1,
                reason="return",
                refunded_at=now,
                settled_at=now,
            )
        )
    step_down(engine, "0005")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT status, reason FROM shop.payments ORDER BY 1, 2"))
        assert found.all() == [("failed", "abandoned"), ("failed", None), ("succeeded", None)]
        assert connection.scalar(text("SELECT to_regclass('shop.payment_events')")) is None
    migrate(empty_database)
    with engine.begin() as connection:
        kept = connection.execute(select(payments.c.payment_id).order_by(payments.c.payment_id))
        assert kept.scalars().all() == sorted(rows)
        assert connection.scalar(select(refunds.c.amount)) == 1
    engine.dispose()


def test_the_outbox_keeps_what_is_published_and_what_waits_down_and_up(
    empty_database: str,
) -> None:
    engine = create_engine(empty_database)
    migrate(empty_database)
    rows = [
        {"id": uuid.uuid4(), "aggregatetype": "t", "aggregateid": "a", "type": "t", "payload": {}}
        for _ in range(6)
    ]
    published, *waiting, late, old = [row["id"] for row in rows]

    def queue() -> list[uuid.UUID]:
        with engine.connect() as connection:
            query = select(outbox.c.id).join(outbox_pending, outbox_pending.c.seq == outbox.c.seq)
            return list(connection.scalars(query.order_by(outbox.c.seq)))

    with engine.begin() as connection:
        connection.execute(insert(outbox), rows[:4])
        first = select(outbox.c.seq).where(outbox.c.id == published).scalar_subquery()
        connection.execute(outbox_pending.delete().where(outbox_pending.c.seq == first))
    assert queue() == waiting
    for change in ("UPDATE shop.outbox SET type = 'x'", "DELETE FROM shop.outbox"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))
    step_down(engine, "0006")
    with engine.begin() as connection:
        found = connection.execute(
            text("SELECT id, published_at = created_at FROM shop.outbox ORDER BY seq")
        )
        assert [tuple(row) for row in found] == [(published, True), *((i, None) for i in waiting)]
        connection.execute(insert(outbox), rows[4:])
        change = "UPDATE shop.outbox SET published_at = now() WHERE id = :id"
        connection.execute(text(change), {"id": old})
        with pytest.raises(IntegrityError, match="pk_outbox"), connection.begin_nested():
            connection.execute(insert(outbox), rows[:1])
    migrate(empty_database)
    assert queue() == [*waiting, late]
    engine.dispose()


def test_orders_survive_their_migration_down_and_up(empty_database: str) -> None:
    """0005 down and up again with orders of all kinds: amounts hold, what is new is filled in."""
    migrate(empty_database)
    engine = create_engine(empty_database, json_serializer=to_json)
    with engine.begin() as connection:
        seed(connection, "EUR", datetime.now(UTC))
        connection.execute(text(_ORDERS_OF_ALL_KINDS))
    with engine.connect() as connection:
        config = alembic_config(connection)
        migration = ScriptDirectory.from_config(config).get_revision("0005")
        command.downgrade(config, str(migration.down_revision))
    with engine.begin() as connection:
        rows = connection.execute(
            text("SELECT order_number, status, total_amount FROM shop.orders ORDER BY 1")
        )
        assert [(number, status, str(total)) for number, status, total in rows] == [
            ("I-1", "paid", "10.0000"),
            ("W-1", "pending_payment", "15.9000"),
            ("W-2", "paid", "15.9000"),
            ("W-3", "refunded", "15.9000"),
        ]
        assert connection.scalar(text("SELECT amount FROM shop.refunds")) == 11
    migrate(empty_database)
    with engine.begin() as connection:
        rows = connection.execute(
            text("SELECT order_number, vat_amount, shipping_method FROM shop.orders ORDER BY 1")
        )
        assert [tuple(row) for row in rows] == [
            ("I-1", None, None),
            *((f"W-{n}", Decimal("2.65"), "standard") for n in (1, 2, 3)),
        ]
        history = connection.execute(
            text(
                "SELECT order_number, array_agg(h.status::text ORDER BY entry)"
                " FROM shop.order_history h JOIN shop.orders USING (order_id) GROUP BY 1 ORDER BY 1"
            )
        )
        assert [tuple(row) for row in history] == [
            ("W-1", ["pending_payment"]),
            ("W-2", ["pending_payment", "paid"]),
            ("W-3", ["pending_payment", "paid"]),
        ]
    engine.dispose()


_ORDERS_OF_ALL_KINDS = """
INSERT INTO shop.orders (order_id, order_number, channel, currency, status, gross_amount,
    discount_amount, shipping_amount, total_amount, placed_at, paid_at, shipped_at, expires_at,
    shipping_method, vat_amount, language, refunded_amount)
SELECT gen_random_uuid(), number, channel, 'EUR', status, gross, discount, shipping,
    gross - discount + shipping, now(), paid, shipped, NULL, method, vat, 'fr', refunded
  FROM (VALUES
    ('I-1', 'import', 'paid', 10.0, 0.0, 0.0, now(), NULL::timestamptz, NULL, NULL, 0.0),
    ('W-1', 'web', 'pending_payment', 12.0, 1.0, 4.9, NULL, NULL, 'standard', 2.65, 0.0),
    ('W-2', 'web', 'shipped', 12.0, 1.0, 4.9, now(), now(), 'standard', 2.65, 0.0),
    ('W-3', 'web', 'refunded', 12.0, 1.0, 4.9, now(), now(), 'standard', 2.65, 15.9)
  ) AS kinds (number, channel, status, gross, discount, shipping, paid, shipped, method, vat,
              refunded);
INSERT INTO shop.refunds (refund_id, refund_number, order_id, channel, currency, amount,
    shipping_amount, reason, refunded_at)
SELECT gen_random_uuid(), 'R-1', order_id, 'web', 'EUR', 15.9, 4.9, 'all of it', now()
  FROM shop.orders WHERE order_number = 'W-3';
INSERT INTO shop.stock_movements (sku, version, reason, quantity, available_before,
    available_after, on_hand_before, on_hand_after, occurred_at, event_id, actor, note)
SELECT sku, 2, 'count', 0, on_hand, on_hand, on_hand, on_hand, now(), gen_random_uuid(), 'x', 'y'
  FROM shop.stock LIMIT 1
"""


def test_two_migrations_at_once_are_one(empty_database: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: migrate(empty_database), range(2)))
    engine = create_engine(empty_database)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) is not None
    engine.dispose()


def test_a_description_in_two_languages_is_taken_apart_and_joined_again(
    empty_database: str,
) -> None:
    migrate(empty_database, "0002")
    engine = create_engine(empty_database)
    both = "Grès, 35 cl. · Stoneware, 35 cl."
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO shop.products (sku, name, description, category, price, currency)"
                " VALUES ('A', 'Mug', :both, 'Cuisine', 1, 'EUR'), ('B', 'Bol', '', 'Cuisine', 1,"
                " 'EUR')"
            ),
            {"both": both},
        )
    select = text("SELECT description FROM shop.products ORDER BY sku")
    migrate(empty_database)
    with engine.connect() as connection:
        assert connection.scalars(select).all() == ["Grès, 35 cl.", ""]
        english = connection.scalars(text("SELECT description_en FROM shop.products ORDER BY sku"))
        assert english.all() == ["Stoneware, 35 cl.", None]
    step_down(engine, "0002")
    with engine.connect() as connection:
        assert connection.scalars(select).all() == [both, ""]
    engine.dispose()
