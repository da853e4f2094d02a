"""A registration opens an account with its own link and its own password, and nothing else does."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from flask.testing import FlaskClient
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, create_engine

from shopnow.settings import Settings
from tests.support.accounts import (
    API,
    OTHER,
    PASSWORD,
    add_mail,
    links,
    log_in,
    open_account,
    queued,
    register,
    verify,
    written,
)
from webshop.adapters.accounts.passwords import Passwords
from webshop.bootstrap import Shop
from webshop.migrate import alembic_config
from webshop.workers.mailer import delete_expired_rows

EMAIL = "zoe@example.org"


def kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"].rpartition("/")[2]


def count(database: Any, table: str) -> int:
    query = sql.SQL("SELECT count(*) AS n FROM shop.{}").format(sql.Identifier(table))
    number: int = database.execute(query).fetchone()["n"]
    return number


def test_a_link_works_with_the_password_of_its_registration_only(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    """The owner registers, then a stranger for the same address."""
    register(http, EMAIL)
    register(http, EMAIL, OTHER, name="Un Autre")
    owners, strangers = links(shop, database, EMAIL)
    assert kind(verify(http, strangers, PASSWORD)) == (403, "password-wrong")
    assert kind(verify(http, owners, OTHER)) == (403, "password-wrong")
    assert kind(log_in(http, EMAIL, PASSWORD)) == (401, "login-failed")
    assert verify(http, owners).status_code == 204
    assert kind(verify(http, strangers, OTHER)) == (400, "link-invalid")
    assert kind(verify(http, owners)) == (400, "link-invalid")
    assert kind(log_in(http, EMAIL, OTHER)) == (401, "login-failed")
    session = log_in(http, EMAIL)
    assert session.get_json()["account"]["name"] == "Zoé Martin"
    assert count(database, "registrations") == 0


def test_a_stranger_first_changes_nothing_for_the_owner(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    register(http, EMAIL, OTHER)
    register(http, EMAIL)
    assert verify(http, links(shop, database, EMAIL)[1]).status_code == 204
    assert log_in(http, EMAIL).status_code == 200


def test_there_is_no_customer_before_the_verification(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    for name in ("Un", "Deux", "Trois"):
        register(http, EMAIL, name=name)
    assert (count(database, "customers"), count(database, "accounts")) == (0, 0)
    verify(http, links(shop, database, EMAIL)[0])
    assert (count(database, "customers"), count(database, "accounts")) == (1, 1)
    for name in ("Quatre", "Cinq"):
        assert register(http, EMAIL, name=name).status_code == 202
    assert (count(database, "customers"), count(database, "registrations")) == (1, 0)
    assert queued(database, EMAIL)[-1]["template"] == "account_exists"


def test_wrong_passwords_are_slowed_and_the_link_stays_good(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    register(http, EMAIL)
    [link] = links(shop, database, EMAIL)
    answers = [kind(verify(http, link, f"une fausse phrase {n}")) for n in range(8)]
    assert answers[:5] == [(403, "password-wrong")] * 5
    assert answers[-1] == (429, "too-many-requests")
    database.execute("DELETE FROM shop.throttles")  # the wait is over
    assert verify(http, link).status_code == 204


@pytest.mark.parametrize("token", ["", "x", "é", f"{uuid.UUID(int=7).hex}.x", "0" * 200])
def test_a_forged_link_opens_nothing(http: FlaskClient, token: str) -> None:
    assert verify(http, token).status_code in {400, 422}


def test_a_link_is_over_after_its_time(
    http: FlaskClient, shop: Shop, database: Any, engine: Engine
) -> None:
    register(http, EMAIL)
    database.execute("UPDATE shop.registrations SET expires_at = now()")
    assert kind(verify(http, links(shop, database, EMAIL)[0])) == (400, "link-invalid")
    delete_expired_rows(engine, datetime.now(UTC))
    assert count(database, "registrations") == 0


def test_a_log_in_before_the_verification_mails_the_link_again(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    register(http, EMAIL)
    database.execute("UPDATE shop.registrations SET expires_at = now() + interval '1 min'")
    assert kind(log_in(http, EMAIL)) == (403, "mail-not-verified")
    first, second = links(shop, database, EMAIL)
    assert first == second
    left = database.execute("SELECT expires_at FROM shop.registrations").fetchone()["expires_at"]
    assert left > datetime.now(UTC) + timedelta(days=2)
    assert verify(http, second).status_code == 204


def test_of_many_verifications_at_once_one_opens_the_account(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    for number in range(4):
        register(http, EMAIL, f"{PASSWORD} {number}")
    found = links(shop, database, EMAIL)

    def follow(number: int) -> int:
        client = http.application.test_client()
        return int(verify(client, found[number % 4], f"{PASSWORD} {number % 4}").status_code)

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(follow, range(8)))
    assert statuses.count(204) == 1, statuses
    assert set(statuses) <= {204, 400, 503}
    assert (count(database, "accounts"), count(database, "customers")) == (1, 1)


def test_a_second_factor_of_the_owner_outlives_a_reset(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    open_account(http, shop, database, EMAIL)
    database.execute("UPDATE shop.accounts SET second_factor_at = now()")
    http.post(f"{API}/accounts/password-reset", json={"email": EMAIL})
    body = {"token": links(shop, database, EMAIL)[-1], "password": OTHER}
    assert http.post(f"{API}/accounts/password-reset/confirm", json=body).status_code == 204
    assert kind(log_in(http, EMAIL, OTHER)) == (401, "code-required")


def test_a_reset_opens_no_account_that_waits(http: FlaskClient, shop: Shop, database: Any) -> None:
    register(http, EMAIL, OTHER)
    assert http.post(f"{API}/accounts/password-reset", json={"email": EMAIL}).status_code == 202
    assert [row["template"] for row in queued(database)] == ["verify_account"]


def test_the_mail_says_that_the_password_is_asked_for(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    said = {"fr": "le mot de passe choisi", "en": "the password that you chose"}
    for language, words in said.items():
        register(http, EMAIL, language=language, name="Un Autre")
        message = written(shop, queued(database, EMAIL)[-1])
        for part in message.iter_parts():
            assert words in part.get_content()
            assert "Un Autre" not in part.get_content()


def test_the_migration_makes_registrations_of_unverified_accounts(
    settings: Settings, http: FlaskClient, shop: Shop, database: Any
) -> None:
    open_account(http, shop, database, "verified@example.org")
    engine = create_engine(settings.shop_dsn)

    def migrate_to(revision: str, step: Any) -> None:
        with engine.connect() as connection:
            step(alembic_config(connection), revision)
            connection.commit()

    migrate_to("0009", command.downgrade)
    try:
        accounts = {"waits@example.org": 2, "idle@example.org": 0, "stopped@example.org": 1}
        for email, tokens in accounts.items():
            account_id = uuid.uuid4()
            database.execute(
                "INSERT INTO shop.customers (customer_id, email, name) VALUES (%s, %s, 'Zoé')",
                [f"c-{email}", email],
            )
            database.execute(
                "INSERT INTO shop.accounts (account_id, customer_id, email, password_hash, name,"
                " language, disabled_at) VALUES (%s, %s, %s, %s, 'Zoé', 'fr', %s)",
                [
                    *(account_id, f"c-{email}", email, Passwords(64).hash(PASSWORD)),
                    datetime.now(UTC) if email.startswith("stopped") else None,
                ],
            )
            for _ in range(tokens):
                token_id = uuid.uuid4()
                database.execute(
                    "INSERT INTO shop.account_tokens (token_id, account_id, purpose, expires_at)"
                    " VALUES (%s, %s, 'verify', now() + interval '1 day')",
                    [token_id, account_id],
                )
                context = Jsonb({"name": "Zoé", "token_id": str(token_id)})
                add_mail(database, email, "verify_account", context=context)
    finally:
        migrate_to("head", command.upgrade)
        engine.dispose()
    kept = database.execute("SELECT email FROM shop.accounts ORDER BY email").fetchall()
    assert [row["email"] for row in kept] == ["stopped@example.org", "verified@example.org"]
    assert count(database, "customers") == 2
    assert count(database, "registrations") == 2
    assert kind(log_in(http, "waits@example.org")) == (403, "mail-not-verified")
    first = links(shop, database, "waits@example.org")[0]
    assert verify(http, first).status_code == 204
    for email in ("waits@example.org", "verified@example.org"):
        assert log_in(http.application.test_client(), email).status_code == 200
