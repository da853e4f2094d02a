"""The audit log for staff."""

from typing import Any

from flask import Blueprint, request

from webshop.adapters.audit import find_audit
from webshop.api.current import shop
from webshop.api.records import Moment, Record, page
from webshop.api.staff.gate import managers_only
from webshop.api.staff.paging import ListQuery, number_cursor, number_of

blueprint = Blueprint("staff_audit", __name__)
blueprint.before_request(managers_only)

_NEWEST = "audit by entry"


class AuditRecord(Record):
    """One change: who did what to what, and how it looked before and after."""

    entry: int
    at: Moment
    actor: str
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@blueprint.get("/staff/audit")
def list_audit() -> dict[str, Any]:
    """What staff changed, newest first."""
    query = ListQuery.model_validate(request.args.to_dict())
    with shop().transaction() as connection:
        found = find_audit(
            connection, before=number_of(query.after, _NEWEST), limit=query.limit + 1
        )
    return page(
        found,
        query.limit,
        AuditRecord.model_validate,
        lambda row: number_cursor(_NEWEST, row.entry),
    )
