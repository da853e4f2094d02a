"""The hosted page: what a shopper sees. Everything in a request is hostile.

The address holds the payment's unguessable reference and no more; amount, order and the way back
are what the shop fixed when it made the payment. There is no cookie, so nobody can be made to pay
by a page elsewhere. A card's number goes from the form to `use_card` and is neither kept nor
logged.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import format_currency
from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotFound

from shopnow.languages import DEFAULT_LANGUAGE, LANGUAGES
from webshop.sandbox_gateway import ledger
from webshop.sandbox_gateway.cards import TEST_CARDS, read_card
from webshop.sandbox_gateway.running import gateway
from webshop.sandbox_gateway.texts import BEHAVIOURS, ERRORS, OUTCOMES, UNKNOWN

blueprint = Blueprint("pages", __name__)

MERCHANT = "ShopNow+"


@blueprint.get("/pay/<reference>")
def show(reference: str) -> str:
    """The page of a payment: form, challenge or outcome."""
    with gateway().engine.begin() as connection:
        payment = _require(ledger.get_payment(connection, reference))
    return _page(payment)


@blueprint.post("/pay/<reference>")
def pay(reference: str) -> tuple[str, int] | Response:
    """Pay with the card of the form; a payment that is no longer open is left as it is."""
    with gateway().engine.begin() as connection:
        payment = _require(ledger.get_payment(connection, reference, lock=True))
        if payment.status != "open":
            return _onwards(payment)
        now = datetime.now(UTC)
        card, errors = read_card(request.form, now.date())
        if card is None:
            return _page(payment, errors), 422
        ledger.use_card(connection, payment, card, now, gateway().late)
        payment = _require(ledger.get_payment(connection, reference))
    gateway().sender.wake()
    return _onwards(payment)


@blueprint.post("/pay/<reference>/challenge")
def challenge(reference: str) -> Response:
    """The shopper's answer to the bank; anything but a clear yes is a no."""
    with gateway().engine.begin() as connection:
        payment = _require(ledger.get_payment(connection, reference, lock=True))
        if payment.status == "challenged":
            accepted = request.form.get("decision") == "accept"
            ledger.answer_challenge(connection, payment, accepted=accepted)
            payment = _require(ledger.get_payment(connection, reference))
    gateway().sender.wake()
    return _onwards(payment)


@blueprint.post("/pay/<reference>/give-up")
def give_up(reference: str) -> Response:
    """Back to the shop without paying."""
    with gateway().engine.begin() as connection:
        payment = _require(ledger.get_payment(connection, reference, lock=True))
        if payment.status in {"open", "challenged"}:
            ledger.give_up(connection, payment)
            payment = _require(ledger.get_payment(connection, reference))
    gateway().sender.wake()
    return _onwards(payment)


@blueprint.app_errorhandler(HTTPException)
def _failed(error: HTTPException) -> tuple[str, int]:
    g.language = _language(DEFAULT_LANGUAGE)
    title, text = UNKNOWN
    if error.code != 404:
        title = error.name
    return render_template("message.html", title=title, text=text, back=None), error.code or 500


def _require(payment: ledger.Payment | None) -> ledger.Payment:
    if payment is None:
        raise NotFound
    return payment


def _onwards(payment: ledger.Payment) -> Response:
    """To what comes next: the form or challenge, or back to the shop."""
    if payment.status in {"open", "challenged"}:
        language = _language(payment.language)
        target = url_for("pages.show", reference=payment.reference, lang=language)
    else:
        target = payment.return_url
    return redirect(target, 303)  # type: ignore[return-value]


def _language(default: str) -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else default


def _page(payment: ledger.Payment, errors: dict[str, str] | None = None) -> str:
    language = g.language = _language(payment.language)
    other = next(each for each in LANGUAGES if each != language)
    shared: dict[str, Any] = {
        "other": Locale(other),
        "payment": payment,
        "amount": format_currency(payment.amount, payment.currency, locale=language),
        "merchant": MERCHANT,
        "back": payment.return_url,
    }
    if payment.status == "open":
        sentences = {name: ERRORS[error] for name, error in (errors or {}).items()}
        cards = {number: BEHAVIOURS[behaviour] for number, behaviour in TEST_CARDS.items()}
        return render_template("form.html", errors=sentences, cards=cards, **shared)
    if payment.status == "challenged":
        return render_template("challenge.html", **shared)
    title, text = OUTCOMES[payment.status]
    return render_template("message.html", title=title, text=text, **shared)


@blueprint.after_app_request
def _protect(response: Response) -> Response:
    parts = urlsplit(gateway().shop_url)
    # The answer to a form leads back to the shop, which browsers count as the form's action.
    policy = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {parts.scheme}://{parts.netloc}"
    )
    for name, value in (
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ):
        response.headers[name] = value
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
