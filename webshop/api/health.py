"""Whether the shop lives, and whether it can serve."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from webshop.api.current import shop
from webshop.api.problems import problem_body, problem_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
def live() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/health/ready")
def ready() -> Response:
    """The database answers and holds the shop's tables; 503 otherwise."""
    try:
        with shop().transaction() as connection:
            migrated = connection.execute(text("SELECT to_regclass('shop.outbox')")).scalar_one()
    except (DBAPIError, PoolTimeout):
        detail = "The database does not answer."
        return problem_response(problem_body(503, "database-away", detail))
    if migrated is None:
        detail = "The database has no tables: run `python -m webshop.migrate`."
        return problem_response(problem_body(503, "database-not-migrated", detail))
    return jsonify(status="ok")
