"""Every mail in both languages: complete, escaped, and the same under the same id."""

import re
import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

import webshop.mails
from shopnow.settings import Settings
from webshop.adapters.messaging.mails import QueuedMail
from webshop.domain.messaging.mails import TEMPLATES, mail_template
from webshop.domain.tokens import order_token, read_account_token
from webshop.mails.composing import Composer

HOSTILE = '<script>alert("1")</script> & {{ 7 * 7 }}'
ORDER_ID, TOKEN_ID = uuid.uuid4(), uuid.uuid4()
LINES = [{"name": f"Mug {HOSTILE}", "quantity": 2, "amount": "1234.50"}]
CONTEXT: dict[str, Any] = {
    "name": HOSTILE,
    "token_id": str(TOKEN_ID),
    "order_id": str(ORDER_ID),
    "order_number": "SN-2026-000042",
    "lines": LINES,
    "total": "1239.40",
    "currency": "EUR",
    "amount": "617.25",
    "change": "recovery",
    "left": 9,
}
MORE = {
    "discount": "5.00",
    "shipping": "9.90",
    "vat_included": "206.57",
    "tracking": HOSTILE,
    "refunded": "1239.40",
    "change": "off",
}
BOTH = pytest.mark.parametrize("language", ["fr", "en"])
EACH = pytest.mark.parametrize("template", TEMPLATES)


@pytest.fixture
def composer() -> Composer:
    return Composer(Settings(secret_key="unit-test", shop_url="https://shop.example"))


def queued(template: str, language: str, context: dict[str, Any]) -> QueuedMail:
    now = datetime.now(UTC)
    return QueuedMail(uuid.uuid4(), template, "zoe@example.org", language, context, now, 0)


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return text.get_content(), html.get_content()


@BOTH
@EACH
def test_a_mail_says_the_same_in_text_and_html_and_escapes_what_it_was_given(
    composer: Composer, template: str, language: str
) -> None:
    for context in (CONTEXT, CONTEXT | MORE):
        message = composer.message(queued(template, language, context))
        text, html = parts(message)
        link = re.search(r"https://shop\.example/\S+", text)
        assert link is not None and link[0].replace("&", "&amp;") in html
        assert f'<html lang="{language}">' in html
        assert "<script" not in html and "{{" not in html.replace("{{ 7 * 7 }}", "")
        assert "49" not in text.replace(link[0], "")
        assert message["Subject"] and message["Content-Language"] == language
        if "order_number" in mail_template(template).needs:
            assert "SN-2026-000042" in message["Subject"]
            amount = "1\u202f234,50\xa0€" if language == "fr" else "€1,234.50"
            assert amount in text and amount in html
            assert HOSTILE in text and "&lt;script&gt;" in html


def test_each_template_has_its_four_files_and_no_file_is_left_over() -> None:
    folder = Path(webshop.mails.__file__).parent
    shared = {"layout.html", "layout.txt", "order.html", "order.txt", "parts.html"}
    expected = {
        f"{template}.{language}.{kind}"
        for template in TEMPLATES
        for language in ("fr", "en")
        for kind in ("txt", "html")
    }
    found = {path.name for path in folder.iterdir() if path.suffix in {".txt", ".html"}}
    assert found == expected | shared


def test_links_are_made_from_ids(composer: Composer) -> None:
    text, _ = parts(composer.message(queued("order_shipped", "fr", CONTEXT)))
    token = order_token(b"unit-test", ORDER_ID)
    assert f"https://shop.example/orders/{ORDER_ID}?token={token}" in text
    text, _ = parts(composer.message(queued("reset_password", "fr", CONTEXT)))
    found = re.search(r"/reset\?token=(\S+)", text)
    assert found is not None
    assert read_account_token(b"unit-test", "reset", found[1]) == TOKEN_ID


@BOTH
def test_each_change_of_a_second_factor_has_words_of_its_own(
    composer: Composer, language: str
) -> None:
    messages = [
        composer.message(queued("second_factor", language, CONTEXT | {"change": change}))
        for change in ("on", "off", "recovery")
    ]
    assert len({message["Subject"] for message in messages}) == 3
    left = [bool(re.search(r"\b9\b", parts(message)[0])) for message in messages]
    assert left == [False, False, True]


def test_a_mail_that_is_sent_twice_has_one_id(composer: Composer) -> None:
    mail = queued("password_changed", "fr", CONTEXT)
    first, second = (composer.message(mail)["Message-ID"] for _ in range(2))
    assert first == second == f"<{mail.mail_id}@shopnow.example>"
    other = composer.message(queued("password_changed", "fr", CONTEXT))["Message-ID"]
    assert other != first


def test_the_first_mail_to_an_address_says_nothing_that_a_stranger_typed(
    composer: Composer,
) -> None:
    for part in parts(composer.message(queued("verify_account", "fr", CONTEXT))):
        assert "alert(" not in part


def test_a_line_break_makes_no_header(composer: Composer) -> None:
    context = CONTEXT | {"order_number": "SN\r\nBcc: all@example.org"}
    message = composer.message(queued("order_shipped", "fr", context))
    assert message["Bcc"] is None
    assert "\n" not in str(message["Subject"])


@EACH
def test_what_the_text_needs_is_asked_for_before_it_is_queued(template: str) -> None:
    mail = mail_template(template)
    mail.check(CONTEXT)
    for name in mail.needs:
        with pytest.raises(ValueError, match=name):
            mail.check({key: value for key, value in CONTEXT.items() if key != name})


def test_a_text_never_shows_a_gap(composer: Composer) -> None:
    with pytest.raises(UndefinedError):
        composer.message(queued("order_shipped", "fr", CONTEXT | {"lines": [{"name": "Mug"}]}))
    with pytest.raises(ValueError, match="there is no mail"):
        mail_template("order_lost")
