"""The mailer under kill -9, and with servers that refuse: a mail may come twice, never not at all.

A mail that comes twice has one Message-ID.
"""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ops.local_stack.layout import Layout
from ops.local_stack.supervisor import Supervisor
from tests.support.fake_mail_server import FakeServer, running_mail_server
from webshop.bootstrap import database_engine
from webshop.services.messaging.mails import queue_mail
from webshop.workers.mailer import delete_expired_rows

pytestmark = pytest.mark.integration


def queue(stack: Any, addresses: list[str]) -> None:
    engine = database_engine(stack.settings, pool_size=1)
    with engine.begin() as connection:
        for address in addresses:
            queue_mail(
                connection,
                "password_changed",
                to=address,
                language="fr",
                context={"name": "Zoé"},
                now=datetime.now(UTC),
            )
    with engine.connect() as connection:
        never = {"to": "rolled-back@example.org", "language": "fr", "context": {"name": "Zoé"}}
        queue_mail(connection, "password_changed", now=datetime.now(UTC), **never)
        connection.rollback()
    engine.dispose()


def unsent(database: Any, addresses: list[str]) -> int:
    query = "SELECT count(*) AS n FROM shop.mails WHERE recipient = ANY(%s) AND sent_at IS NULL"
    count: int = database.execute(query, [addresses]).fetchone()["n"]
    return count


def wait_until_sent(database: Any, addresses: list[str]) -> None:
    deadline = time.monotonic() + 60
    while unsent(database, addresses):
        assert time.monotonic() < deadline, "mails are still unsent after 60 s"
        time.sleep(0.2)


def test_kill_9_of_the_mailer_loses_no_mail(stack: Any, database: Any, read_inbox: Any) -> None:
    supervisor = Supervisor(Layout(stack.settings.home))
    addresses = [f"{uuid.uuid4().hex[:12]}@example.org" for _ in range(30)]
    killed: set[int] = set()
    for start in range(0, 30, 10):
        deadline = time.monotonic() + 30
        while (pid := supervisor.info("mailer")["pid"]) in {0, *killed}:
            assert time.monotonic() < deadline, "the mailer has not come back"
            time.sleep(0.1)
        time.sleep(0.5 + len(killed))
        queue(stack, addresses[start : start + 10])
        time.sleep(0.05 * len(killed))
        os.kill(pid, signal.SIGKILL)
        killed.add(pid)
    wait_until_sent(database, addresses)
    for address in addresses:
        mails = read_inbox(address)
        assert len({mail["headers"]["message-id"] for mail in mails}) == 1
    context = "SELECT count(*) AS n FROM shop.mails WHERE recipient = ANY(%s) AND context IS NULL"
    assert database.execute(context, [addresses]).fetchone()["n"] == 30, "nothing is kept of them"


@pytest.fixture
def fake_server(stack: Any) -> Iterator[FakeServer]:
    """The fake mail server, with the stack's own mailer stopped meanwhile."""
    supervisor = Supervisor(Layout(stack.settings.home))
    supervisor.stop("mailer")
    try:
        with running_mail_server() as server:
            yield server
    finally:
        supervisor.start("mailer")


def start_mailer(server: FakeServer) -> subprocess.Popen[bytes]:
    where = {"SHOPNOW_SMTP_HOST": "127.0.0.1", "SHOPNOW_SMTP_PORT": str(server.port)}
    return subprocess.Popen(
        [sys.executable, "-m", "webshop.workers.mailer"], env=os.environ | where
    )


def message_id(mail: str) -> str:
    return next(line for line in mail.splitlines() if line.startswith("Message-ID:"))


def test_a_mail_that_was_taken_and_not_marked_comes_again_under_the_same_id(
    stack: Any, database: Any, fake_server: FakeServer
) -> None:
    address = f"{uuid.uuid4().hex[:12]}@example.org"
    first = start_mailer(fake_server)
    fake_server.kill = first.pid
    queue(stack, [address])
    assert first.wait(timeout=30) == -signal.SIGKILL
    assert unsent(database, [address]) == 1
    second = start_mailer(fake_server)
    try:
        wait_until_sent(database, [address])
    finally:
        second.terminate()
    assert second.wait(timeout=20) == 0
    mine = [mail for mail in fake_server.taken if address in mail]
    assert len(mine) == 2
    assert len({message_id(mail) for mail in mine}) == 1


def test_a_refused_mail_waits_and_lets_the_others_pass(
    stack: Any, database: Any, fake_server: FakeServer
) -> None:
    refused, passed = (f"{uuid.uuid4().hex[:12]}@example.org" for _ in range(2))
    fake_server.refuse_next = "451"
    queue(stack, [refused])
    mailer = start_mailer(fake_server)
    try:
        deadline = time.monotonic() + 30
        query = "SELECT * FROM shop.mails WHERE recipient = %s"
        while not (row := database.execute(query, [refused]).fetchone())["attempts"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        queue(stack, [passed])
        wait_until_sent(database, [passed])
        assert row["sent_at"] is None and row["failed_at"] is None
        assert row["last_error"] == "SMTPDataError: 451 not now"
        assert row["next_attempt_at"] > datetime.now(UTC)
        database.execute(
            "UPDATE shop.mails SET next_attempt_at = now() WHERE recipient = %s", [refused]
        )
        wait_until_sent(database, [refused])
    finally:
        mailer.terminate()
        mailer.wait(timeout=20)


def test_what_may_still_be_asked_for_is_kept_and_what_is_older_forgotten(
    stack: Any, database: Any
) -> None:
    scope, now = f"test {uuid.uuid4()}", datetime.now(UTC)
    for days in (29, 31):
        database.execute(
            "INSERT INTO shop.idempotency_keys (scope, key, request_hash, created_at)"
            " VALUES (%s, %s, '', %s)",
            [scope, str(days), now - timedelta(days=days)],
        )
        database.execute(
            "INSERT INTO shop.mails (mail_id, template, recipient, language, context, created_at,"
            " next_attempt_at, sent_at) VALUES (%s, 'x', %s, 'fr', '{}', %s, %s, %s)",
            [uuid.uuid4(), f"{days}.{scope}", *[now - timedelta(days=days)] * 3],
        )
    engine = database_engine(stack.settings, pool_size=1)
    delete_expired_rows(engine, now)
    engine.dispose()
    answers = "SELECT key FROM shop.idempotency_keys WHERE scope = %s"
    assert [row["key"] for row in database.execute(answers, [scope])] == ["29"]
    mails = "SELECT recipient FROM shop.mails WHERE recipient LIKE %s"
    found = [row["recipient"] for row in database.execute(mails, [f"%.{scope}"])]
    assert found == [f"29.{scope}"]
