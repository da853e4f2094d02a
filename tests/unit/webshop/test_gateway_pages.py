"""The sandbox gateway's pages, as they are drawn in each language."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from webshop.sandbox_gateway import pages
from webshop.sandbox_gateway.app import create_app
from webshop.sandbox_gateway.ledger import Payment
from webshop.sandbox_gateway.running import Gateway
from webshop.sandbox_gateway.texts import ERRORS, OUTCOMES

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def app() -> Flask:
    # No page of this file reaches the database or the sender of webhooks.
    missing: Any = None
    return create_app(
        Gateway(missing, missing, "http://pay.example", "http://shop.example", timedelta(1), "s")
    )


def draw(app: Flask, status: str, language: str, errors: dict[str, str] | None = None) -> str:
    payment = Payment(
        reference="ref",
        payment_id=uuid.uuid4(),
        order_number="SN-<1>",
        amount=Decimal("1234.50"),
        currency="EUR",
        return_url="http://shop.example/orders/1",
        language=language,
        status=status,
        reason=None,
        card_last4="4242",
    )
    with app.test_request_context("/pay/ref"):
        return pages._page(payment, errors)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("fr", [f"Payer 1\u202f234,50{NBSP}€", "Numéro de carte", "refusée", ">English</a>"]),
        ("en", ["Pay €1,234.50", "Card number", "declined", ">Français</a>"]),
    ],
)
def test_the_form_speaks_the_language_of_the_payment(
    app: Flask, language: str, texts: list[str]
) -> None:
    page = draw(app, "open", language)
    assert f'<html lang="{language}">' in page
    assert [text for text in texts if text not in page] == []
    assert "SN-&lt;1&gt;" in page


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_of_a_field_is_a_sentence_in_both_languages(app: Flask, error: str) -> None:
    english = draw(app, "open", "en", {"card_number": error})
    french = draw(app, "open", "fr", {"card_number": error})
    assert ERRORS[error] in english
    assert ERRORS[error] not in french
    assert 'id="card_number-error"' in french


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", f"Payer 1\u202f234,50{NBSP}€ à ShopNow+ avec la carte se terminant par 4242 ?"),
        ("en", "Pay €1,234.50 to ShopNow+ with the card ending in 4242?"),
    ],
)
def test_the_bank_asks_in_the_language_of_the_payment(
    app: Flask, language: str, question: str
) -> None:
    assert question in draw(app, "challenged", language)


@pytest.mark.parametrize("status", OUTCOMES)
def test_every_outcome_is_said_in_both_languages(app: Flask, status: str) -> None:
    title, text = OUTCOMES[status]
    english, french = draw(app, status, "en"), draw(app, status, "fr")
    assert f"<h1>{title}</h1>" in english
    assert text in english
    assert title not in french


@pytest.mark.parametrize(
    ("address", "text"),
    [("/nowhere", "Ce paiement n’existe pas"), ("/nowhere?lang=en", "There is no such payment")],
)
def test_an_unknown_address_is_answered_in_french_unless_english_is_asked_for(
    app: Flask, address: str, text: str
) -> None:
    answer = app.test_client().get(address)
    assert answer.status_code == 404
    assert f"<h1>{text}</h1>" in answer.text


def test_a_language_from_outside_is_not_believed(app: Flask) -> None:
    answer = app.test_client().get("/nowhere?lang=../../../etc")
    assert answer.status_code == 404
    assert '<html lang="fr">' in answer.text
