"""Returns and their lines."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, tuple_, update

from webshop.adapters.tables import orders, return_lines, returns
from webshop.domain.ordering.returns import OPEN, Return, ReturnStatus


def add_return(connection: Connection, wanted: Return) -> None:
    """Store a new return with its lines."""
    connection.execute(
        insert(returns).values(
            return_id=wanted.return_id,
            order_id=wanted.order_id,
            status=wanted.status,
            reason=wanted.reason,
            requested_at=wanted.requested_at,
        )
    )
    connection.execute(
        insert(return_lines),
        [
            {"return_id": wanted.return_id, "line_number": number, "quantity": quantity}
            for number, quantity in sorted(wanted.units.items())
        ],
    )


def save_return(connection: Connection, found: Return) -> None:
    """Write what a step changed."""
    connection.execute(
        update(returns)
        .where(returns.c.return_id == found.return_id)
        .values(
            status=found.status,
            decided_at=found.decided_at,
            received_at=found.received_at,
            refund_id=found.refund_id,
        )
    )


def get_return(connection: Connection, return_id: uuid.UUID) -> Return | None:
    """The return, None if there is none. Its order's row lock guards it."""
    found = _load(connection, select(returns).where(returns.c.return_id == return_id))
    return found[0] if found else None


def get_returns(connection: Connection, order_id: uuid.UUID) -> list[Return]:
    """The order's returns, oldest first."""
    statement = select(returns).where(returns.c.order_id == order_id)
    return _load(connection, statement.order_by(returns.c.requested_at, returns.c.return_id))


def open_units(connection: Connection, order_id: uuid.UUID) -> dict[int, int]:
    """Units of the order, by its line numbers, that are on their way back."""
    rows = connection.execute(
        select(return_lines.c.line_number, func.sum(return_lines.c.quantity))
        .join(returns, returns.c.return_id == return_lines.c.return_id)
        .where(returns.c.order_id == order_id, returns.c.status.in_(OPEN))
        .group_by(return_lines.c.line_number)
    )
    return {number: int(units) for number, units in rows}


def find_returns(
    connection: Connection,
    *,
    status: str | None,
    after: tuple[datetime, uuid.UUID] | None,
    limit: int,
) -> Sequence[tuple[Return, str]]:
    """Up to `limit` returns with the numbers of their orders, newest first, after a position."""
    statement = select(returns, orders.c.order_number).join(
        orders, orders.c.order_id == returns.c.order_id
    )
    if status is not None:
        statement = statement.where(returns.c.status == status)
    position = tuple_(returns.c.requested_at, returns.c.return_id)
    if after is not None:
        statement = statement.where(position < tuple_(*after))
    rows = connection.execute(
        statement.order_by(returns.c.requested_at.desc(), returns.c.return_id.desc()).limit(limit)
    ).all()
    numbers = [row.order_number for row in rows]
    return list(zip(_with_lines(connection, rows), numbers, strict=True))


def _load(connection: Connection, statement: Select[Any]) -> list[Return]:
    return _with_lines(connection, connection.execute(statement).all())


def _with_lines(connection: Connection, rows: Iterable[Row[Any]]) -> list[Return]:
    rows = list(rows)
    units: defaultdict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    for line in connection.execute(
        select(return_lines)
        .where(return_lines.c.return_id.in_([row.return_id for row in rows]))
        .order_by(return_lines.c.line_number)
    ):
        units[line.return_id][line.line_number] = line.quantity
    return [
        Return(
            return_id=row.return_id,
            order_id=row.order_id,
            status=ReturnStatus(row.status),
            reason=row.reason,
            units=units[row.return_id],
            requested_at=row.requested_at,
            decided_at=row.decided_at,
            received_at=row.received_at,
            refund_id=row.refund_id,
        )
        for row in rows
    ]
