"""The mailer with a fake mail server: one bad mail does not block the others."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg.types.json import Jsonb
from sqlalchemy import Engine

from shopnow.settings import Settings
from tests.support.accounts import add_mail, queued
from tests.support.fake_mail_server import FakeServer, running_mail_server
from webshop.mails.composing import Composer
from webshop.workers.mailer import MAX_CRASHES, Mailer

GOOD = "zoe@example.org"


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with running_mail_server() as running:
        yield running


@pytest.fixture
def mailer(settings: Settings, engine: Engine, server: FakeServer) -> Mailer:
    where = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": server.port})
    return Mailer(where, engine, Composer(where))


def send(mailer: Mailer) -> int:
    return mailer.send_due(threading.Event())


def one(database: Any, mail_id: str) -> dict[str, Any]:
    row: dict[str, Any] = database.execute(
        "SELECT * FROM shop.mails WHERE mail_id = %s", [mail_id]
    ).fetchone()
    return row


@pytest.mark.parametrize(
    "recipient",
    [
        "=?utf-8?q??=@example.com",
        "=?utf-8?q?victim?=@example.org",
        "=?x?b?=@example.org",
        "zoé@example.org",
        "zoe..martin@example.org",
        "a@b",
        "",
        "@",
        "<>",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: all@example.org",
        "a\ud7ff@example.org",
        '"a b"@example.org',
        "a@[127.0.0.1]",
    ],
)
def test_a_bad_address_fails_alone(
    mailer: Mailer, server: FakeServer, database: Any, recipient: str
) -> None:
    bad = add_mail(database, recipient)
    add_mail(database, GOOD)
    assert send(mailer) == 1
    assert server.envelopes == [("boutique@shopnow.example", [GOOD])]
    row = one(database, bad)
    assert row["failed_at"] is not None and row["last_error"]
    assert queued(database, GOOD)[0]["sent_at"] is not None


@pytest.mark.parametrize(
    "broken",
    [
        {"template": "no_such_mail"},
        {"context": Jsonb({})},
        {"context": None},
        {"context": Jsonb([1])},
        {"context": Jsonb({"name": None})},
        {"context": Jsonb({"name": {"a": 1}})},
        {"template": "order_shipped", "context": Jsonb({"name": "Zoé", "order_id": "x"})},
        {"template": "verify_account", "context": Jsonb({"token_id": 3})},
    ],
)
def test_what_cannot_be_written_fails_alone(
    mailer: Mailer, database: Any, broken: dict[str, Any]
) -> None:
    bad = add_mail(database, GOOD, **broken)
    add_mail(database, "lea@example.org")
    assert send(mailer) == 1
    assert one(database, bad)["failed_at"] is not None


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        IndexError(),
        UnicodeEncodeError("ascii", "\udcff\0é", 0, 1, "no"),
        RecursionError(),
        RuntimeError("a\0b\r\n" * 500),
        AttributeError(),
    ],
)
@pytest.mark.parametrize("where", ["compose", "send"])
def test_any_exception_of_one_mail_fails_it_alone(
    mailer: Mailer,
    database: Any,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    where: str,
) -> None:
    bad = add_mail(database, "bad@example.org")
    add_mail(database, GOOD)
    compose, sendmail = Composer.message, smtplib.SMTP.sendmail

    def composing(self: Any, mail: Any) -> Any:
        if where == "compose" and mail.recipient.startswith("bad"):
            raise error
        return compose(self, mail)

    def sending(self: Any, sender: str, recipients: list[str], content: bytes) -> Any:
        if where == "send" and recipients[0].startswith("bad"):
            raise error
        return sendmail(self, sender, recipients, content)

    monkeypatch.setattr(Composer, "message", composing)
    monkeypatch.setattr(smtplib.SMTP, "sendmail", sending)
    assert send(mailer) == 1
    row = one(database, bad)
    assert row["failed_at"] is not None
    assert row["last_error"].startswith(type(error).__name__)
    assert queued(database, GOOD)[0]["sent_at"] is not None


def test_an_old_address_in_unicode_is_delivered_to_its_ascii_form(
    mailer: Mailer, server: FakeServer, database: Any
) -> None:
    add_mail(database, "Zoe@MÜLLER.example")
    assert send(mailer) == 1
    assert server.envelopes[0][1] == ["zoe@xn--mller-kva.example"]
    assert "To: zoe@xn--mller-kva.example\n" in server.taken[0].replace("\r\n", "\n")


def test_a_connection_that_breaks_in_a_mail_is_replaced_for_the_next(
    mailer: Mailer, server: FakeServer, database: Any
) -> None:
    server.hang_up_on = "breaks@example.org"
    broken = add_mail(database, "breaks@example.org")
    for _ in range(3):
        add_mail(database, GOOD)
    assert send(mailer) == 3
    row = one(database, broken)
    assert (row["attempts"], row["crashes"], row["failed_at"]) == (1, 0, None)
    assert server.connections == 2


def test_a_server_that_takes_no_leave_harms_nothing(
    mailer: Mailer, server: FakeServer, database: Any
) -> None:
    server.answers[b"QUIT"] = b"421 busy\r\n"
    add_mail(database, GOOD)
    assert send(mailer) == 1


def test_while_the_server_is_away_no_mail_is_tried(
    mailer: Mailer, server: FakeServer, database: Any
) -> None:
    server.server_close()
    server.shutdown()
    mail = add_mail(database, GOOD)
    with pytest.raises(ConnectionRefusedError):
        send(mailer)
    row = one(database, mail)
    assert (row["attempts"], row["crashes"]) == (0, 0)


@pytest.mark.parametrize(
    ("command", "is_about_the_mail"), [(b"RCPT", True), (b"DATA", True), (b"MAIL", False)]
)
def test_only_what_is_said_of_the_mail_is_believed_for_good(
    mailer: Mailer, server: FakeServer, database: Any, command: bytes, is_about_the_mail: bool
) -> None:
    server.answers[command] = b"550 5.1.1 no such user here\r\n"
    mail = add_mail(database, GOOD)
    for _ in range(3):
        database.execute("UPDATE shop.mails SET next_attempt_at = now()")
        assert send(mailer) == 0
    row = one(database, mail)
    assert (row["failed_at"] is not None) is is_about_the_mail
    assert row["attempts"] == 3
    assert "550 5.1.1 no such user here" in row["last_error"]


@pytest.mark.slow
def test_a_mail_that_kills_the_mailer_is_set_aside_and_the_others_pass(
    settings: Settings, database: Any, server: FakeServer
) -> None:
    """The real process, killed with one mail in hand again and again."""
    poison = add_mail(database, "poison@example.org")
    where = {
        "SHOPNOW_SMTP_HOST": "127.0.0.1",
        "SHOPNOW_SMTP_PORT": str(server.port),
        "SHOPNOW_HOME": str(settings.home),
        "SHOPNOW_PORT_OFFSET": str(settings.port_offset),
    }
    code = (
        "import os, signal, sys, webshop.workers.mailer as m\n"
        "from webshop.mails.composing import Composer\n"
        "compose = Composer.message\n"
        "def message(self, mail):\n"
        "    if mail.recipient.startswith('poison'): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return compose(self, mail)\n"
        "Composer.message = message\n"
        "sys.exit(m.main())\n"
    )

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code], env=os.environ | where)

    for deaths in (1, 2):
        assert start().wait(timeout=60) == -signal.SIGKILL
        row = one(database, poison)
        assert (row["crashes"], row["failed_at"]) == (deaths, None)
        assert row["next_attempt_at"] > datetime.now(UTC), "it is not first again"
        database.execute("UPDATE shop.mails SET next_attempt_at = now()")
    # The other deaths take long.
    database.execute(
        "UPDATE shop.mails SET crashes = %s, next_attempt_at = now() + interval '1 h'",
        [MAX_CRASHES],
    )
    add_mail(database, GOOD)
    process = start()
    try:
        deadline = time.monotonic() + 30
        while queued(database, GOOD)[0]["sent_at"] is None:
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.1)
        database.execute(
            "UPDATE shop.mails SET next_attempt_at = now() WHERE mail_id = %s", [poison]
        )
        while one(database, poison)["failed_at"] is None:
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.1)
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert "ended 5 times" in one(database, poison)["last_error"]


def test_two_mailers_send_each_mail_once(
    settings: Settings, engine: Engine, server: FakeServer, mailer: Mailer, database: Any
) -> None:
    addresses = [f"a{number}@example.org" for number in range(30)]
    for address in addresses:
        add_mail(database, address)
    threads = [threading.Thread(target=send, args=(mailer,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(envelope[1][0] for envelope in server.envelopes) == sorted(addresses)
