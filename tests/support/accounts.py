"""What the tests of accounts share: registering, reading the queue of mails, following links."""

import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from flask.testing import FlaskClient
from psycopg.types.json import Jsonb
from sqlalchemy import Engine

from webshop.adapters.accounts.accounts import add_account
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.messaging.mails import QueuedMail
from webshop.bootstrap import Shop
from webshop.domain.accounts.accounts import Account, Role
from webshop.mails.composing import Composer
from webshop.simulation.shop_requests import API

PASSWORD = "une phrase que personne ne devine"
OTHER = "la phrase d'un autre, aussi longue"


def register(http: FlaskClient, email: str, password: str = PASSWORD, **more: Any) -> Any:
    body = {"email": email, "password": password, "name": "Zoé Martin"} | more
    return http.post(f"{API}/accounts", json=body)


def verify(http: FlaskClient, token: str, password: str = PASSWORD) -> Any:
    return http.post(f"{API}/accounts/verify", json={"token": token, "password": password})


def log_in(http: FlaskClient, email: str, password: str = PASSWORD) -> Any:
    return http.post(f"{API}/session", json={"email": email, "password": password})


def queued(database: Any, recipient: str | None = None) -> list[dict[str, Any]]:
    """The mails in the queue, oldest first."""
    rows: list[dict[str, Any]] = database.execute(
        "SELECT * FROM shop.mails WHERE recipient = %s OR %s::text IS NULL ORDER BY created_at",
        [recipient, recipient],
    ).fetchall()
    return rows


def written(shop: Shop, row: dict[str, Any]) -> EmailMessage:
    """The e-mail of a row."""
    fields = ("mail_id", "template", "recipient", "language", "context", "created_at", "attempts")
    return Composer(shop.settings).message(QueuedMail(*(row[name] for name in fields)))


def links(shop: Shop, database: Any, recipient: str) -> list[str]:
    """The tokens of the links that were mailed to an address, oldest first."""
    found = []
    for row in queued(database, recipient):
        body = written(shop, row).get_body(("plain",))
        assert body is not None
        found += re.findall(r"[?&]token=([\w.%-]+)", body.get_content())
    return found


def open_account(http: FlaskClient, shop: Shop, database: Any, email: str) -> None:
    assert register(http, email).status_code == 202
    assert verify(http, links(shop, database, email)[-1]).status_code == 204


def parts(mail: EmailMessage) -> dict[str, str]:
    """Subject, text and html of an e-mail."""
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return {
        "subject": str(mail["Subject"]),
        "text": text.get_content(),
        "html": html.get_content(),
    }


def add_verified_account(engine: Engine, role: str = "customer", **fields: Any) -> str:
    """An account with PASSWORD whose address is confirmed; its e-mail."""
    account = Account(
        account_id=uuid.uuid4(),
        customer_id=str(uuid.uuid4()),
        email=f"{uuid.uuid4().hex[:16]}@example.org",
        name="Zoé Martin",
        language="fr",
        role=Role(role),
    )
    account = replace(account, **fields)
    with engine.begin() as connection:
        # A cheap hash; the first login makes a better one of it.
        add_account(connection, account, Passwords(64).hash(PASSWORD))
    return account.email


def add_mail(database: Any, recipient: str, template: str = "password_changed", **more: Any) -> str:
    """Put a mail into the queue past every check, as an older version may have; its id."""
    mail_id = str(uuid.uuid4())
    known = {"language": "fr", "context": Jsonb({"name": "Zoé"}), "now": datetime.now(UTC)} | more
    database.execute(
        "INSERT INTO shop.mails (mail_id, template, recipient, language, context, created_at,"
        " next_attempt_at) VALUES (%(id)s, %(template)s, %(to)s, %(language)s, %(context)s,"
        " %(now)s, %(now)s)",
        known | {"id": mail_id, "template": template, "to": recipient},
    )
    return mail_id
