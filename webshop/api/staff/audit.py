"""The audit log for staff."""

from typing import Any

from apiflask import APIBlueprint

from webshop.api.http.current import shop
from webshop.api.records import Moment, Record, page
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, ListQuery, Next, number_cursor, number_of
from webshop.services.accounts.queries import find_audit

blueprint = APIBlueprint(
    "staff_audit",
    __name__,
    tag={
        "name": "Staff: audit log",
        "description": "What staff changed; nothing in it can be changed.",
    },
)
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


class AuditPage(Record):
    """A page of the audit log, newest first."""

    items: list[AuditRecord]
    next: Next


@blueprint.get("/staff/audit")
@for_staff
@blueprint.input(ListQuery, location="query")
@blueprint.output(AuditPage)
@blueprint.doc(responses=NO_CURSOR)
def list_audit(query_data: ListQuery) -> dict[str, Any]:
    """What staff changed, newest first."""
    with shop().transaction() as connection:
        found = find_audit(
            connection, before=number_of(query_data.after, _NEWEST), limit=query_data.limit + 1
        )
    return page(
        found,
        query_data.limit,
        AuditRecord.model_validate,
        lambda row: number_cursor(_NEWEST, row.entry),
    )
