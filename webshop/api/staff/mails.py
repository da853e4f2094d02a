"""Mails that could not be delivered, for staff."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.cursors import moment_cursor, moment_of
from webshop.api.http.idempotent_calls import run_once
from webshop.api.http.openapi import refusals
from webshop.api.records import Moment, Record, page
from webshop.api.schemas import Body, IdempotencyKey
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, ListQuery, Next
from webshop.domain.errors import IdempotencyConflict, NotFound
from webshop.services.messaging.failed_mails import find_failed, retry_mail

blueprint = APIBlueprint(
    "staff_mails",
    __name__,
    tag={"name": "Staff: mails", "description": "What could not be delivered, and why."},
)
blueprint.before_request(managers_only)

_LATEST = "mails by failed_at"


class FailedMailRecord(Record):
    """A mail that was given up; `last_error` says why."""

    mail_id: uuid.UUID
    template: str
    recipient: str
    last_error: str | None
    attempts: int
    created_at: Moment
    failed_at: Moment


class FailedMails(Record):
    """A page of the mails that were given up, the last one first."""

    items: list[FailedMailRecord]
    next: Next


class RetriedMail(Record):
    """A mail that is in the queue again."""

    mail_id: uuid.UUID


class Retry(Body):
    """Nothing to say."""


@blueprint.get("/staff/mails/failed")
@for_staff
@blueprint.input(ListQuery, location="query")
@blueprint.output(FailedMails)
@blueprint.doc(responses=NO_CURSOR)
def list_failed(query_data: ListQuery) -> dict[str, Any]:
    """The mails that were given up, the last one first."""
    with shop().transaction() as connection:
        found = find_failed(
            connection, after=moment_of(query_data.after, _LATEST), limit=query_data.limit + 1
        )
    return page(
        found,
        query_data.limit,
        lambda row: FailedMailRecord(
            **{name: getattr(row, name) for name in FailedMailRecord.model_fields}
        ),
        lambda row: moment_cursor(_LATEST, row.failed_at, row.mail_id),
    )


@blueprint.post("/staff/mails/<uuid:mail_id>/retry")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Retry)
@blueprint.output(RetriedMail)
@blueprint.doc(responses=refusals(NotFound, IdempotencyConflict))
def retry(
    mail_id: uuid.UUID, json_data: Retry, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Put a mail that was given up into the queue again, once its cause is gone."""

    def work(connection: Connection) -> dict[str, Any]:
        retry_mail(connection, mail_id, by=actor(), now=now())
        return RetriedMail(mail_id=mail_id).as_json()

    return run_once(json_data, headers_data, work)
