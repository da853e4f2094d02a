"""Queries on the lake of a running stack."""

import json
from typing import Any

from ops.local_stack.spark import spark_session
from shopnow.settings import Settings


def lake_query(settings: Settings, **statements: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of some SQL queries, by name, as JSON has them."""
    with spark_session(settings) as spark:
        return {
            name: [
                json.loads(line)
                for (line,) in spark.sql(statement).selectExpr("to_json(struct(*))").collect()
            ]
            for name, statement in statements.items()
        }
