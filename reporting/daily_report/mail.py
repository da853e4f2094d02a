"""A report as an e-mail, as a file, and on its way to the managers."""

from __future__ import annotations

import base64
import os
import smtplib
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from reporting.daily_report.page import Report
from shopnow.settings import Settings


def to_message(report: Report, settings: Settings) -> EmailMessage:
    """The e-mail: plain text, HTML, and the chart inside it.

    The Message-ID depends on the day alone, so that mail programs and the tests can tell a report
    that was sent twice from two reports.
    """
    domain = settings.sender_email.rpartition("@")[2]
    message = EmailMessage()
    message["Subject"] = report.subject
    message["From"] = Address("ShopNow+", addr_spec=settings.sender_email)
    message["To"] = [Address(addr_spec=address) for address in settings.managers_email]
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<daily-report.{report.day.isoformat()}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(report.text)
    message.add_alternative(report.html, subtype="html")
    # Last: headers about the content set earlier go to the first part only.
    message["Content-Language"] = settings.language
    html_part = message.get_payload()[1]  # type: ignore[index]
    for cid, png in report.images.items():
        html_part.add_related(  # type: ignore[union-attr]
            png, "image", "png", cid=f"<{cid}>", filename=f"{cid}.png", disposition="inline"
        )
    return message


def save_report(report: Report, settings: Settings) -> Path:
    """Write the report as one HTML file below `SHOPNOW_HOME/reports` and return its path."""
    path = settings.home / "reports" / f"report-{report.day.isoformat()}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_html(report, path)
    return path


def write_html(report: Report, path: Path) -> None:
    """Write the page with its images inside, whole or not at all."""
    html = report.html
    for cid, png in report.images.items():
        encoded = base64.b64encode(png).decode()
        html = html.replace(f"cid:{cid}", f"data:image/png;base64,{encoded}")
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(html, encoding="utf-8")
    temporary.replace(path)


def send(message: EmailMessage, settings: Settings) -> None:
    """Hand the e-mail to the SMTP server. Raises `OSError` or `smtplib.SMTPException`."""
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=30) as server:
        server.send_message(message, settings.sender_email, settings.managers_email)
