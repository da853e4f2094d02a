"""Watches Kafka for an asset: fires when there are messages that the lake has not published.

The Kafka provider's trigger consumes: it takes one message a cycle, so that a burst of thousands
would fire for hours, and what it has committed is forgotten if the run that it starts fails. Here
nothing is consumed: offsets are compared with those of the last publication.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from shopnow.kafka_news import NewsUnknown, unpublished_until
from shopnow.kafka_offsets import Offsets
from shopnow.settings import get_settings


class KafkaNewsTrigger(BaseEventTrigger):
    """Fires for messages that came since it last fired, at most once in `min_interval_s` seconds.

    A run that fails is not started again for the same messages: that is the schedule's to do.
    Event: `{"messages_until": {"topic/partition": end offset}}`.
    """

    def __init__(self, *, poll_interval_s: float = 5.0, min_interval_s: float = 120.0) -> None:
        super().__init__()
        self.poll_interval_s = poll_interval_s
        self.min_interval_s = min_interval_s

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which a triggerer makes the trigger again."""
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            {"poll_interval_s": self.poll_interval_s, "min_interval_s": self.min_interval_s},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Compare, again and again; what does not answer is asked again."""
        settings = get_settings()
        fired: Offsets = {}
        while True:
            ends = None
            try:
                ends = await asyncio.to_thread(unpublished_until, settings)
            except NewsUnknown as error:
                self.log.warning("%s", error)
            if ends is None or ends == fired:
                await asyncio.sleep(self.poll_interval_s)
                continue
            fired = ends
            yield TriggerEvent(
                {"messages_until": {f"{topic}/{part}": end for (topic, part), end in ends.items()}}
            )
            await asyncio.sleep(self.min_interval_s)
