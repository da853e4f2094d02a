"""Test cards, what each does, and the check of a card form.

A card's number lives in the request that brought it and nowhere else: what is kept of it is
`last4`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Behaviour(StrEnum):
    """What the bank of a card does."""

    SUCCESS = "success"
    DECLINE = "decline"
    CHALLENGE = "challenge"
    TIMEOUT = "timeout"
    LATE = "late"


#: Number → what its bank does; the same numbers as Stripe's test cards where those exist.
TEST_CARDS: Mapping[str, Behaviour] = {
    "4242424242424242": Behaviour.SUCCESS,
    "4000000000000002": Behaviour.DECLINE,
    "4000000000003220": Behaviour.CHALLENGE,
    "4000000000000119": Behaviour.TIMEOUT,
    "4000000000000259": Behaviour.LATE,
}

LONGEST_FIELD = 100

_NUMBER = re.compile(r"\d{12,19}", re.ASCII)
_EXPIRY = re.compile(r"(0[1-9]|1[0-2]) ?/ ?(?:20)?(\d{2})", re.ASCII)
_CVC = re.compile(r"\d{3,4}", re.ASCII)


@dataclass(frozen=True)
class Card:
    """A card that passed the form's checks."""

    number: str = field(repr=False)

    @property
    def last4(self) -> str:
        """The last four digits."""
        return self.number[-4:]

    @property
    def behaviour(self) -> Behaviour:
        """What its bank does; a number that is no test card is declined."""
        return TEST_CARDS.get(self.number, Behaviour.DECLINE)

    @property
    def decline_reason(self) -> str:
        """Why it is declined, if it is."""
        return "card_declined" if self.number in TEST_CARDS else "not_a_test_card"


def read_card(form: Mapping[str, str], today: date) -> tuple[Card | None, dict[str, str]]:
    """The card in a form, or the fields that are wrong, each with the key of its message."""
    given = {
        name: form.get(name, "").strip() for name in ("card_number", "card_expiry", "card_cvc")
    }
    errors: dict[str, str] = {}
    number = re.sub(r"[ -]", "", given["card_number"][:LONGEST_FIELD])
    if not _NUMBER.fullmatch(number):
        errors["card_number"] = "number_digits"
    elif not _passes_luhn(number):
        errors["card_number"] = "number_wrong"
    expiry = _EXPIRY.fullmatch(given["card_expiry"])
    if expiry is None:
        errors["card_expiry"] = "expiry_form"
    elif (2000 + int(expiry[2]), int(expiry[1])) < (today.year, today.month):
        errors["card_expiry"] = "expiry_past"
    if not _CVC.fullmatch(given["card_cvc"]):
        errors["card_cvc"] = "cvc_form"
    return (None if errors else Card(number)), errors


def _passes_luhn(number: str) -> bool:
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
