"""From a row of the queue to the e-mail: subject, plain text and HTML from the templates here."""

import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel.numbers import format_currency
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from shopnow.email_addresses import normal_address
from shopnow.settings import Settings
from webshop.adapters.messaging.mails import QueuedMail
from webshop.domain.accounts.accounts import RESET_WITHIN, VERIFY_WITHIN
from webshop.domain.messaging.mails import mail_template
from webshop.domain.tokens import account_token, order_token


@pass_context
def _money(context: Context, amount: str | Decimal, currency: str) -> str:
    return format_currency(Decimal(amount), currency, locale=context["language"])


def without_links(text: str) -> str:
    """A stranger's text, of which no mail program makes a link.

    Names hold none when they come in (webshop.domain.names); those of before may. A space without
    width behind each character that joins the parts of an address changes nothing to the eye.
    """
    return re.sub(r"([.:/@])(?=\S)", "\\1\u200b", text)


class Composer:
    """Writes mails. Links are made here, from ids and the secret key: none is ever stored."""

    def __init__(self, settings: Settings) -> None:
        self._shop_url = settings.shop_url
        self._secret_key = settings.secret_key.encode()
        self._sender = settings.shop_sender_email
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            autoescape=select_autoescape(["html"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["money"] = _money
        self._templates.globals.update(
            verify_days=VERIFY_WITHIN.days,
            reset_minutes=int(RESET_WITHIN.total_seconds() // 60),
            shop_url=self._shop_url,
        )

    def message(self, mail: QueuedMail) -> EmailMessage:
        """The e-mail of a queued mail.

        Its Message-ID depends on the mail alone, so that mail programs can tell a mail that was
        sent twice from two mails. Raises ValueError for an address that is none, and whatever the
        templates raise for a context that they cannot show.
        """
        context = mail.context | {"language": mail.language}
        if "name" in context:
            context["name"] = without_links(context["name"])
        context["link"] = mail.context.get("link") or self._link(mail.template, mail.context)
        message = EmailMessage()
        message["Subject"] = self._subject(mail, context)
        message["From"] = Address("ShopNow+", addr_spec=self._sender)
        message["To"] = Address(addr_spec=normal_address(mail.recipient))
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{mail.mail_id}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self._render(mail, "txt", context).strip() + "\n")
        message.add_alternative(self._render(mail, "html", context), subtype="html")
        # Last: headers about the content set earlier go to the first part only.
        message["Content-Language"] = mail.language
        return message

    def _render(self, mail: QueuedMail, kind: str, context: Mapping[str, Any]) -> str:
        name = f"{mail.template}.{mail.language}.{kind}"
        return self._templates.get_template(name).render(context)

    def _subject(self, mail: QueuedMail, context: Mapping[str, Any]) -> str:
        template = self._templates.get_template(f"{mail.template}.{mail.language}.txt")
        subject = "".join(template.blocks["subject"](template.new_context(dict(context))))
        return " ".join(subject.split())  # a header is one line

    def _link(self, template: str, context: Mapping[str, Any]) -> str:
        page = mail_template(template).links_to
        if page == "order":
            order_id = uuid.UUID(context["order_id"])
            token = order_token(self._secret_key, order_id)
            return f"{self._shop_url}/orders/{order_id}?token={quote(token)}"
        if page == "verify" or page == "reset":
            token = account_token(self._secret_key, page, uuid.UUID(context["token_id"]))
            return f"{self._shop_url}/{page}?token={quote(token)}"
        return f"{self._shop_url}/{page}"
