"""The plan of a simulation is decided by its seed."""

import pytest

from webshop.simulation.plan import Intent, plan_shoppers


def test_the_same_seed_plans_the_same_visits():
    assert plan_shoppers(40, seed=3) == plan_shoppers(40, seed=3)
    assert plan_shoppers(40, seed=3) != plan_shoppers(40, seed=4)


@pytest.mark.parametrize("seed", range(5))
def test_seven_shoppers_are_enough_for_every_intent(seed):
    assert {shopper.intent for shopper in plan_shoppers(7, seed)} == set(Intent)


def test_the_shelf_is_emptied_once_and_last():
    intents = [shopper.intent for shopper in plan_shoppers(200, seed=1)]
    assert intents.index(Intent.EMPTY_SHELF) == len(intents) - 1


def test_nobody_is_no_simulation():
    with pytest.raises(ValueError, match="at least one shopper"):
        plan_shoppers(0, seed=1)
