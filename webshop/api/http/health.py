"""Liveness and readiness of the shop."""

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from webshop.api.http.current import shop
from webshop.api.http.problems import problem_body, problem_response
from webshop.api.responses import Health

blueprint = APIBlueprint(
    "health", __name__, tag={"name": "Health", "description": "Signs of life, for monitors."}
)


@blueprint.get("/health/live")
@blueprint.output(Health)
def live() -> dict[str, str]:
    """Liveness: the process answers."""
    return {"status": "ok"}


@blueprint.get("/health/ready")
@blueprint.output(Health)
def ready() -> dict[str, str] | Response:
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
    return {"status": "ok"}
