"""Sends a report once per run, even if the run is retried."""

from __future__ import annotations

from datetime import date

import psycopg

from reporting.daily_report.mail import save_report, send, to_message
from reporting.daily_report.page import build_report
from shopnow.settings import Settings


def deliver(day: date, run_id: str, settings: Settings) -> bool:
    """Build the report of `day`, keep it as a file and send it; False if this run has already sent
    it.

    The row in `ops.sent_mail` is committed after the SMTP server has taken the e-mail: a failure
    before that is tried again, never skipped. Only a crash between the two can send it twice, and
    then the Message-ID, which depends on the day alone, lets mail programs show it once.

    Raises `OSError` or `smtplib.SMTPException` when the e-mail cannot be handed over, and
    `psycopg.Error` when the database cannot be read.
    """
    report = build_report(day, settings)
    save_report(report, settings)
    message = to_message(report, settings)
    with psycopg.connect(settings.shop_pg_dsn, connect_timeout=5) as connection:
        noted = connection.execute(
            "INSERT INTO ops.sent_mail (message_id, run_id, sent_at) VALUES (%s, %s, now())"
            " ON CONFLICT DO NOTHING",
            (message["Message-ID"], run_id),
        )
        if noted.rowcount == 0:
            return False
        send(message, settings)
    return True
