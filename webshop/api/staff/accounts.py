"""Roles of accounts, for admins only."""

import uuid

from flask import Blueprint

from webshop.adapters.audit import Change, write_audit
from webshop.api.access import actor
from webshop.api.current import now, shop
from webshop.api.records import Record
from webshop.api.schemas import Body, read_body
from webshop.api.staff.gate import admins_only
from webshop.domain.accounts import Role
from webshop.services.accounts import change_role

blueprint = Blueprint("staff_accounts", __name__)
blueprint.before_request(admins_only)


class RoleChange(Body):
    """What the account may do from now on."""

    role: Role


class AccountRecord(Record):
    """An account of the shop."""

    account_id: uuid.UUID
    email: str
    name: str
    role: Role


@blueprint.patch("/staff/accounts/<uuid:account_id>")
def set_role(account_id: uuid.UUID) -> dict[str, object]:
    """Give an account a role; its sessions end with the old one."""
    body = read_body(RoleChange)
    with shop().transaction() as connection:
        before, account = change_role(connection, account_id, body.role)
        change = Change(
            actor(),
            "account.role",
            f"account {account_id}",
            before={"role": before},
            after={"role": body.role},
        )
        write_audit(connection, change, now())
    return AccountRecord.model_validate(account).as_json()
