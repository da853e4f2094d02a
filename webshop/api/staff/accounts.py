"""Roles of accounts, for admins only."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.api.records import Record
from webshop.api.schemas import Body
from webshop.api.staff.gate import admins_only, for_staff
from webshop.domain.accounts.accounts import Role
from webshop.domain.errors import LastAdmin, NotFound
from webshop.services.accounts import administration

blueprint = APIBlueprint(
    "staff_accounts",
    __name__,
    tag={"name": "Staff: accounts", "description": "What an account may do; for admins only."},
)
blueprint.before_request(admins_only)


class RoleChange(Body):
    """What the account may do from now on."""

    role: Role = Field(examples=["manager"])


class AccountRecord(Record):
    """An account of the shop."""

    account_id: uuid.UUID
    email: str
    name: str
    role: Role


@blueprint.patch("/staff/accounts/<uuid:account_id>")
@for_staff
@blueprint.input(RoleChange)
@blueprint.output(AccountRecord)
@blueprint.doc(responses=refusals(NotFound, LastAdmin))
def set_role(account_id: uuid.UUID, json_data: RoleChange) -> dict[str, Any]:
    """Give an account a role; its sessions end with the old one."""
    with shop().transaction() as connection:
        account = administration.set_role(
            connection, account_id, json_data.role, by=actor(), now=now()
        )
    return AccountRecord.model_validate(account).as_json()


@blueprint.delete("/staff/accounts/<uuid:account_id>/second-factor")
@for_staff
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=refusals(NotFound))
def remove_lost_factor(account_id: uuid.UUID) -> str:
    """Take the second factor off an account whose owner has lost it; they are notified by mail."""
    with shop().transaction() as connection:
        administration.remove_lost_factor(connection, account_id, by=actor(), now=now())
    return ""
