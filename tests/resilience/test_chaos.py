"""Checkouts while servers are killed with SIGKILL: chaos.py in small."""

from typing import Any

import pytest

from tests.resilience.chaos import TARGETS, run_chaos

pytestmark = pytest.mark.integration

CHECKOUTS = 150


def test_checkouts_stay_whole_while_shop_relay_postgres_and_kafka_are_killed(stack: Any) -> None:
    try:
        outcome = run_chaos(
            stack.settings,
            count=CHECKOUTS,
            clients=6,
            kills=len(TARGETS),
            pause_s=(0.5, 1.5),
        )
    finally:
        # What else lost its database or broker comes back for the tests that follow.
        stack.shopnow("up")
    assert set(outcome.kills) == set(TARGETS)
    assert outcome.failures == []
    assert [finding for finding in outcome.proof if not finding.holds] == []
    assert outcome.orders > CHECKOUTS * 0.9
