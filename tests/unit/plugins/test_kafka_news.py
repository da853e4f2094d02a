"""The watcher fires for what is new, once, and no more often than it may."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from shopnow_airflow.triggers import kafka_news
from shopnow_airflow.triggers.kafka_news import KafkaNewsTrigger

from shopnow.kafka_news import NewsUnknown

FIRST, SECOND = {("orders", 0): 1}, {("orders", 0): 2}


def fired(
    monkeypatch: pytest.MonkeyPatch, answers: list[Any], min_interval_s: float = 0.0
) -> tuple[list[Any], int]:
    """The events while these are the answers, and how many of these were asked for."""
    left: Iterator[Any] = iter(answers)
    asked = 0

    def answer(_settings: object) -> Any:
        nonlocal asked
        found = next(left)
        asked += 1
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(kafka_news, "unpublished_until", answer)
    events: list[Any] = []

    async def watch() -> None:
        trigger = KafkaNewsTrigger(poll_interval_s=0.0, min_interval_s=min_interval_s)
        async for event in trigger.run():
            events.append(event.payload["messages_until"])

    with pytest.raises((RuntimeError, TimeoutError)):  # the answers are at an end
        asyncio.run(asyncio.wait_for(watch(), timeout=0.3))
    return events, asked


def test_it_fires_once_for_the_same_messages_and_again_for_others(monkeypatch):
    answers = [None, FIRST, FIRST, None, SECOND, SECOND]
    assert fired(monkeypatch, answers)[0] == [{"orders/0": 1}, {"orders/0": 2}]


def test_it_waits_between_two_events(monkeypatch):
    events, asked = fired(monkeypatch, [FIRST, SECOND], min_interval_s=60.0)
    assert (events, asked) == ([{"orders/0": 1}], 1)


def test_brokers_that_do_not_answer_are_asked_again(monkeypatch):
    assert fired(monkeypatch, [NewsUnknown("away"), FIRST])[0] == [{"orders/0": 1}]
