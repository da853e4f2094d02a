"""What a shopper does on the sandbox gateway's page: the form posts of a browser."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"


def card_form(number: str) -> dict[str, str]:
    """The fields of the page's form."""
    return {"card_number": number, "card_expiry": "12/40", "card_cvc": "123"}


def submit_card(http: httpx.Client, page_url: str, number: str) -> httpx.Response:
    """Fill in the card form and send it; the answer leads back to the shop, or to a challenge."""
    return http.post(page_url, data=card_form(number), follow_redirects=False)


def answer_challenge(http: httpx.Client, page_url: str, *, accept: bool) -> httpx.Response:
    """Answer the bank's 3-D Secure question."""
    address = urlsplit(page_url)._replace(query="")
    url = f"{address.geturl()}/challenge"
    decision = {"decision": "accept" if accept else "refuse"}
    return http.post(url, data=decision, follow_redirects=False)
