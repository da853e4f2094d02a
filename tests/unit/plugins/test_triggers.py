"""The triggerer makes triggers again from what the database holds: a class path and arguments."""

import importlib
import inspect
import json
import pkgutil

import pytest
from airflow.sdk.module_loading import import_string
from airflow.triggers.base import BaseTrigger
from shopnow_airflow import triggers

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(triggers.__path__, f"{triggers.__name__}.")
]
TRIGGERS = [
    found
    for module in MODULES
    for found in vars(module).values()
    if inspect.isclass(found)
    and issubclass(found, BaseTrigger)
    and found.__module__ == module.__name__
]


def test_every_module_has_a_trigger() -> None:
    assert {trigger.__module__ for trigger in TRIGGERS} == {module.__name__ for module in MODULES}


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda trigger: trigger.__name__)
def test_a_trigger_comes_back_from_what_is_stored(trigger: type[BaseTrigger]) -> None:
    required = {
        name: f"any {name}"
        for name, parameter in inspect.signature(trigger).parameters.items()
        if parameter.default is parameter.empty
    }
    path, arguments = trigger(**required).serialize()

    assert import_string(path) is trigger
    stored = json.loads(json.dumps(arguments))
    assert trigger(**stored).serialize() == (path, arguments)
