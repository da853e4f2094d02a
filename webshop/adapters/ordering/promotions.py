"""Promotion codes and the uses that count."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from webshop.adapters.tables import promotion_uses, promotions
from webshop.domain.ordering.promotions import Promotion

_COLUMNS = [promotions.c[name] for name in Promotion.__dataclass_fields__]


def get_promotion(connection: Connection, code: str, *, lock: bool = False) -> Promotion | None:
    """The promotion of this code, None if there is none; `lock` holds it until the commit."""
    statement = select(*_COLUMNS).where(promotions.c.code == code)
    row = connection.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else Promotion(*row)


def list_promotions(connection: Connection) -> Sequence[Promotion]:
    """Every promotion, the newest first."""
    rows = connection.execute(
        select(*_COLUMNS).order_by(promotions.c.created_at.desc(), promotions.c.code)
    )
    return [Promotion(*row) for row in rows]


def add_promotion(connection: Connection, promotion: Promotion) -> bool:
    """Store a new promotion; False if its code is taken."""
    row = upsert(promotions).values(**vars(promotion)).on_conflict_do_nothing()
    return connection.execute(row.returning(promotions.c.code)).one_or_none() is not None


def used_before(
    connection: Connection, code: str, email: str | None, customer_id: str | None
) -> bool:
    """Whether this e-mail address or customer has a use of the code that counts."""
    # Only what is known is compared: two guests are not the same customer.
    known = {"email": email, "customer_id": customer_id}
    theirs = [promotion_uses.c[name] == value for name, value in known.items() if value is not None]
    if not theirs:
        return False
    found = select(promotion_uses.c.order_id).where(promotion_uses.c.code == code, or_(*theirs))
    return connection.execute(found.limit(1)).one_or_none() is not None


def add_use(
    connection: Connection,
    code: str,
    *,
    order_id: uuid.UUID,
    email: str,
    customer_id: str | None,
    used_at: datetime,
) -> None:
    """Count a use of the code by an order. The promotion must be locked by this transaction."""
    connection.execute(
        insert(promotion_uses).values(
            order_id=order_id, code=code, email=email, customer_id=customer_id, used_at=used_at
        )
    )
    connection.execute(
        update(promotions).where(promotions.c.code == code).values(uses=promotions.c.uses + 1)
    )


def remove_use(connection: Connection, code: str, order_id: uuid.UUID) -> None:
    """Remove the order's use of a code; idempotent."""
    # The promotion first, as when it was used: two orders never wait for each other.
    connection.execute(select(promotions.c.code).where(promotions.c.code == code).with_for_update())
    deleted = connection.execute(
        delete(promotion_uses).where(promotion_uses.c.order_id == order_id)
    )
    if deleted.rowcount:
        connection.execute(
            update(promotions).where(promotions.c.code == code).values(uses=promotions.c.uses - 1)
        )
