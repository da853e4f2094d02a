"""Who comes to the shop and what they mean to do, decided by a seed alone."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from enum import StrEnum

from shopnow.languages import DEFAULT_LANGUAGE, LANGUAGES


class Intent(StrEnum):
    """What a shopper means to do."""

    BROWSE = "browse"
    SEARCH = "search"
    ABANDON = "abandon a cart"
    BUY = "buy"
    DECLINED = "pay with a declined card"
    RETRY = "pay again after a declined card"
    EMPTY_SHELF = "buy the last pieces"


#: Shares of 100 shoppers.
_SHARES = {
    Intent.BROWSE: 30,
    Intent.SEARCH: 15,
    Intent.ABANDON: 18,
    Intent.BUY: 27,
    Intent.DECLINED: 5,
    Intent.RETRY: 5,
}
_WORDS = ("bag", "lampe", "heart", "mug", "box", "lin", "christmas", "vase", "zzz-introuvable")
_NAMES = ("Camille", "Louise", "Hugo", "Inès", "Noé", "Jeanne", "Samir", "Élise")
_COUNTRIES = ("FR", "FR", "FR", "BE", "DE", "GB", "ES")


@dataclass(frozen=True)
class Shopper:
    """One visit to come. `picks` are places in the catalogue, from 0 (first) to 1 (last)."""

    number: int
    session_id: uuid.UUID
    intent: Intent
    name: str
    email: str
    country: str
    language: str
    word: str
    picks: tuple[float, ...]
    quantities: tuple[int, ...]


def plan_shoppers(count: int, seed: int) -> list[Shopper]:
    """The shoppers of a simulation, in the order of their arrival.

    The same arguments give the same plan. From seven shoppers on, each intent is there at least
    once, and the last shopper buys a product out.
    """
    if count < 1:
        raise ValueError(f"a simulation needs at least one shopper, not {count}")
    chance = random.Random(seed)  # noqa: S311 - a plan to repeat, not a secret
    intents = list(_SHARES)[: max(0, count - 1)]
    intents += chance.choices(
        list(_SHARES), weights=list(_SHARES.values()), k=count - 1 - len(intents)
    )
    chance.shuffle(intents)
    intents.append(Intent.EMPTY_SHELF)
    return [_shopper(chance, number, intent) for number, intent in enumerate(intents, start=1)]


def _shopper(chance: random.Random, number: int, intent: Intent) -> Shopper:
    visits = chance.randint(1, 4)
    return Shopper(
        number=number,
        session_id=uuid.UUID(int=chance.getrandbits(128), version=4),
        intent=intent,
        name=f"{chance.choice(_NAMES)} Simulation",
        email=f"shopper-{number}@example.org",
        country=chance.choice(_COUNTRIES),
        language=chance.choice((DEFAULT_LANGUAGE, *LANGUAGES)),
        word=chance.choice(_WORDS),
        picks=tuple(chance.random() for _ in range(visits)),
        quantities=tuple(chance.choice((1, 1, 1, 2, 3)) for _ in range(visits)),
    )
