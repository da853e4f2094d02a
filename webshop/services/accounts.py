"""Accounts. Placeholder until the shop has them: there is none."""

import uuid
from typing import Any

from sqlalchemy import Connection

from webshop.domain.accounts import Role
from webshop.domain.errors import NotFound


def change_role(connection: Connection, account_id: uuid.UUID, role: Role) -> tuple[Role, Any]:
    """Give an account a role; return the role before, and the account after. Raises NotFound."""
    del connection, role
    raise NotFound("account", account_id)
