"""The outbox is append-only; a narrow table beside it says what is still to be published.

Revision: 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What an insert adds is to be published. Once a statement, not once a row: an import inserts
# thousands of rows, and one wake-up is enough.
QUEUE = """
CREATE FUNCTION shop.queue_for_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO shop.outbox_pending (seq) SELECT seq FROM added;
    PERFORM pg_notify('shop_outbox', '');
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_queue_for_relay AFTER INSERT ON shop.outbox
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION shop.queue_for_relay();
CREATE TRIGGER outbox_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON shop.outbox FOR EACH STATEMENT EXECUTE FUNCTION shop.refuse_change();
"""

# As migration 0001 made them.
NOTIFY = """
CREATE FUNCTION shop.notify_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('shop_outbox', '');
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_notify_relay AFTER INSERT ON shop.outbox
    FOR EACH STATEMENT EXECUTE FUNCTION shop.notify_relay();
"""


def upgrade() -> None:
    op.execute("DROP TRIGGER outbox_notify_relay ON shop.outbox")
    op.execute("DROP FUNCTION shop.notify_relay")
    op.create_table(
        "outbox_pending",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox_pending")),
        schema="shop",
    )
    op.execute(
        "INSERT INTO shop.outbox_pending SELECT seq FROM shop.outbox"
        " WHERE published_at IS NULL ORDER BY seq"
    )
    op.drop_column("outbox", "published_at", schema="shop")  # and its index
    _primary_key("seq")
    op.execute(QUEUE)


def downgrade() -> None:
    op.execute("DROP TRIGGER outbox_append_only ON shop.outbox")
    op.execute("DROP TRIGGER outbox_queue_for_relay ON shop.outbox")
    op.execute("DROP FUNCTION shop.queue_for_relay")
    _primary_key("id")
    op.add_column("outbox", sa.Column("published_at", sa.DateTime(timezone=True)), schema="shop")
    # When a row was published is not kept: when it was written comes nearest.
    op.execute(
        "UPDATE shop.outbox SET published_at = created_at"
        " WHERE seq NOT IN (SELECT seq FROM shop.outbox_pending)"
    )
    op.create_index(
        "ix_outbox_unpublished",
        "outbox",
        ["seq"],
        schema="shop",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.drop_table("outbox_pending", schema="shop")
    op.execute(NOTIFY)


def _primary_key(column: str) -> None:
    op.drop_constraint(op.f("pk_outbox"), "outbox", schema="shop")
    op.create_primary_key(op.f("pk_outbox"), "outbox", [column], schema="shop")
