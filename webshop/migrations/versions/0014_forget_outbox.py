"""Old events may leave the outbox, by one function; else it stays append-only.

Revision: 0014. `shop.forget_outbox` deletes what Kafka has had for long; the trigger lets through
its deletion alone. What waits or was refused stays.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FORGET = """
CREATE FUNCTION shop.refuse_outbox_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('shopnow.forgets_outbox', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME;
END $$;
DROP TRIGGER outbox_append_only ON shop.outbox;
CREATE TRIGGER outbox_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON shop.outbox FOR EACH STATEMENT EXECUTE FUNCTION shop.refuse_outbox_change();
CREATE FUNCTION shop.forget_outbox(age interval) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    forgotten bigint;
BEGIN
    PERFORM set_config('shopnow.forgets_outbox', 'on', true);
    DELETE FROM shop.outbox WHERE created_at < now() - age
        AND NOT EXISTS (SELECT FROM shop.outbox_pending WHERE seq = outbox.seq)
        AND NOT EXISTS (SELECT FROM shop.outbox_refused WHERE seq = outbox.seq);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    PERFORM set_config('shopnow.forgets_outbox', 'off', true);
    RETURN forgotten;
END $$;
"""


def upgrade() -> None:
    op.execute(FORGET)


def downgrade() -> None:
    op.execute(
        "DROP FUNCTION shop.forget_outbox(interval);"
        "DROP TRIGGER outbox_append_only ON shop.outbox;"
        "DROP FUNCTION shop.refuse_outbox_change();"
        "CREATE TRIGGER outbox_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON shop.outbox FOR EACH STATEMENT EXECUTE FUNCTION shop.refuse_change();"
    )
