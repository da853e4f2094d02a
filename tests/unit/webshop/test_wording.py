"""The frontend has a text in both languages for every code of the API."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from webshop.adapters.audit import Action
from webshop.api.http.problems import INTERNAL_ERROR, INVALID_REQUEST, REFUSALS
from webshop.domain.messaging.mails import TEMPLATES
from webshop.domain.ordering.promotions import Refusal

LOCALES = Path(__file__).parents[3] / "webshop/frontend/src/i18n/locales"

#: What is answered to programs only: the gateway, and the page's own reports of views.
NEVER_SHOWN = {"webhook-rejected", "kafka-unavailable"}


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _texts(language: str, area: str) -> Any:
    return json.loads((LOCALES / language / f"{area}.json").read_text(encoding="utf-8"))


def test_every_problem_has_a_sentence(language: str) -> None:
    kinds = {kind for _, kind in REFUSALS.values()} | {INVALID_REQUEST, INTERNAL_ERROR}
    expected = {kind.replace("-", "_") for kind in kinds - NEVER_SHOWN}
    assert set(_texts(language, "problems")["kinds"]) == expected


def test_every_action_of_the_journal_has_a_text(language: str) -> None:
    expected = {action.replace(".", "_") for action in get_args(Action)}
    assert set(_texts(language, "staff")["wording"]["actions"]) == expected


def test_every_mail_has_a_name_for_staff(language: str) -> None:
    assert set(_texts(language, "staff")["wording"]["mails"]) == set(TEMPLATES)


def test_every_reason_against_a_promotion_code_has_a_text(language: str) -> None:
    assert set(_texts(language, "checkout")["promo_refused"]) == set(get_args(Refusal))
