"""What administrators do with the accounts of others; each step is in the audit log."""

import uuid
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Change, write_audit
from webshop.domain.accounts.accounts import Account, Role
from webshop.services.accounts.accounts import change_role
from webshop.services.accounts.second_factor import remove_second_factor


def set_role(
    connection: Connection, account_id: uuid.UUID, role: Role, *, by: str, now: datetime
) -> Account:
    """Give an account a role; its sessions end. Raises NotFound or LastAdmin."""
    before, account = change_role(connection, account_id, role)
    change = Change(
        by,
        "account.role",
        f"account {account_id}",
        before={"role": before},
        after={"role": role},
    )
    write_audit(connection, change, now)
    return account


def remove_lost_factor(
    connection: Connection, account_id: uuid.UUID, *, by: str, now: datetime
) -> None:
    """Remove the second factor of an owner who has lost it, and mail them. Raises NotFound."""
    account = remove_second_factor(connection, account_id, now)
    change = Change(
        by,
        "account.second_factor",
        f"account {account_id}",
        before={"second_factor": account.second_factor_at is not None},
        after={"second_factor": False},
    )
    write_audit(connection, change, now)
