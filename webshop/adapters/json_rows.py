"""Many rows as one parameter: a JSON array that the database expands.

So one statement writes all of them, in several tables if need be. What a checkout costs the shop
is mostly its number of statements.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Column, Insert, Select, Table, bindparam, column, func, insert, select
from sqlalchemy.dialects.postgresql import JSONB

#: JSON of what a statement is given; decimals, ids and moments become strings.
to_json = msgspec.json.Encoder().encode


def json_rows(parameter: str, columns: Iterable[Column[Any]]) -> Select[Any]:
    """The rows that a statement is given as its parameter of that name: a list of dicts.

    They have the names and types of the columns; what a dict lacks is null.
    """
    typed = [column(each.name, each.type) for each in columns]
    array = bindparam(parameter, type_=JSONB)
    return select(
        func.jsonb_to_recordset(array).table_valued(*typed).render_derived(with_types=True)
    )


def insert_json_rows(table: Table, parameter: str, names: Iterable[str]) -> Insert:
    """An insert of the rows that it is given as its parameter of that name, in their order."""
    columns = [table.c[name] for name in names]
    return insert(table).from_select(columns, json_rows(parameter, columns))
