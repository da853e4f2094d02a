"""Pages and mails say that a payment is a test where it is one, and never where money moves."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shopnow.settings import REPO_ROOT
from webshop.adapters.ordering.sandbox_payments import SandboxGateway
from webshop.adapters.ordering.stripe_payments import StripeGateway
from webshop.api.http.limits import limiter
from webshop.app import create_app
from webshop.bootstrap import Shop
from webshop.domain.ordering.payments import PaymentGateway
from webshop.storefront import storefront

WEBSHOP = REPO_ROOT / "webshop"
LOCALES = WEBSHOP / "frontend/src/i18n/locales"

TEST_WORDS = re.compile(
    r"\b(essai|tests?|fictive?s?|factices?|démonstration|démo|simulée?s?|bac à sable"
    r"|sandbox|trial|fake|dummy|demo|pretend|rien n.est débité|aucune somme"
    r"|nothing is charged|no money)\b",
    re.IGNORECASE,
)
GATEWAYS: dict[str, PaymentGateway] = {
    "sandbox": SandboxGateway("http://127.0.0.1:1", "secret", "secret"),
    "Stripe's test mode": StripeGateway("sk_test_1", "whsec_1", "http://127.0.0.1:1"),
    "a restricted test key": StripeGateway("rk_test_1", "whsec_1", "http://127.0.0.1:1"),
    "Stripe": StripeGateway("sk_live_1", "whsec_1", "http://127.0.0.1:1"),
    "a restricted key": StripeGateway("rk_live_1", "whsec_1", "http://127.0.0.1:1"),
}
LIVE = ("Stripe", "a restricted key")
#: Drawn by the shop; the rest of the pages is drawn by the frontend in its entry page.
DRAWN = ("/", "/products/MUG")
OTHERS = (
    "/index.html",
    "/?sort=price",
    "/cart",
    "/checkout",
    "/orders/1",
    "/staff/orders",
    "/nowhere",
)


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text of the frontend by its area and dotted key."""

    def leaves(node: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
        for name, value in node.items():
            if isinstance(value, dict):
                yield from leaves(value, f"{prefix}{name}.")
            else:
                yield prefix + name, value

    for path in sorted((LOCALES / language).glob("*.json")):
        yield from leaves(json.loads(path.read_text()), f"{path.stem}.")


@pytest.fixture(params=GATEWAYS)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def http(
    provider: str,
    shop: Shop,
    new_product: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> FlaskClient:
    """The shop with this provider, a built frontend and one product."""
    (tmp_path / "index.html").write_text((WEBSHOP / "frontend/index.html").read_text())
    monkeypatch.setattr(storefront, "DIST", tmp_path)
    new_product(3, sku="MUG", name="Mug", name_en="Mug", category="Cuisine")
    application = create_app({"SHOP": replace(shop, gateway=GATEWAYS[provider])})
    limiter.reset()
    return application.test_client()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_says_what_the_provider_is(provider: str, language: str, http: FlaskClient) -> None:
    mode = "live" if provider in LIVE else "test"
    known = dict(texts(language))
    http.set_cookie("shopnow_language", language)
    for path in DRAWN + OTHERS:
        page = http.get(path).text
        assert f'<meta name="payments" content="{mode}" />' in page, path
        shown = re.sub(r"<[^>]*>", " ", page)
        if path in DRAWN:
            assert known[f"common.footer.payment_{mode}"] in shown
            assert known[f"common.footer.payment_{mode}_text"] in shown
            assert bool(TEST_WORDS.search(shown)) is (mode == "test"), path
        else:
            assert TEST_WORDS.search(shown) is None, path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_other_text_of_the_frontend_says_that_paying_is_a_test(language: str) -> None:
    """The frontend shows those two by what the page says (frontend/src/layout/payments.ts)."""
    said = {key for key, text in texts(language) if TEST_WORDS.search(text)}
    assert said == {"common.footer.payment_test", "common.footer.payment_test_text"}


def test_no_mail_and_no_text_in_the_frontends_code_says_so() -> None:
    paths = [
        path
        for folder, pattern in (
            ("mails", "*.txt"),
            ("mails", "*.html"),
            ("pages", "templates/*.html"),
        )
        for path in (WEBSHOP / folder).glob(pattern)
    ]
    assert len(paths) > 40
    shown = {path.name: re.sub(r"\{[%{].*?[%}]\}", "", path.read_text()) for path in paths}
    assert {name for name, text in shown.items() if TEST_WORDS.search(text)} == set()


def test_an_entry_page_is_the_same_each_time_and_can_be_asked_about(http: FlaskClient) -> None:
    first = http.get("/cart", headers={"Accept-Encoding": "br"})
    assert first.headers["Content-Encoding"] == "br"
    known = {"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]}
    assert http.get("/cart", headers=known).status_code == 304
