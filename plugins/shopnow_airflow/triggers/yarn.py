"""Waits in the triggerer for the end of a YARN application, so that no worker slot is held."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

from shopnow_airflow.hooks.yarn import (
    Application,
    ResourceManager,
    ResourceManagerError,
)

#: A ResourceManager that restarts is back within this; longer than that is an outage.
UNREACHABLE_FOR_S = 120.0


class YarnApplicationTrigger(BaseTrigger):
    """Fires once, when the application has ended or can no longer be followed.

    Event: `{"application": {…} or None, "error": str or None}`. `error` is set, and `application`
    may be missing, if YARN forgot the application or did not answer for two minutes.
    """

    def __init__(
        self, *, resource_manager_url: str, application_id: str, poll_interval_s: float = 1.5
    ) -> None:
        super().__init__()
        self.resource_manager_url = resource_manager_url
        self.application_id = application_id
        self.poll_interval_s = poll_interval_s

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which a triggerer makes the trigger again."""
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            {
                "resource_manager_url": self.resource_manager_url,
                "application_id": self.application_id,
                "poll_interval_s": self.poll_interval_s,
            },
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Poll until the end."""
        resource_manager = ResourceManager(self.resource_manager_url)
        last_answer_at = time.monotonic()
        last_state = ""
        while True:
            try:
                application = await asyncio.to_thread(
                    resource_manager.application, self.application_id
                )
            except ResourceManagerError as error:
                if time.monotonic() - last_answer_at > UNREACHABLE_FOR_S:
                    yield _event(None, str(error))
                    return
                self.log.warning("%s", error)
            else:
                last_answer_at = time.monotonic()
                if application is None:
                    yield _event(
                        None,
                        f"YARN does not know {self.application_id} any more: the ResourceManager "
                        "was restarted while the job ran. A retry submits it again.",
                    )
                    return
                if application.state != last_state:
                    self.log.info("%s is %s", self.application_id, application.state)
                    last_state = application.state
                if not application.is_active:
                    yield _event(application, None)
                    return
            await asyncio.sleep(self.poll_interval_s)

    async def on_kill(self) -> None:
        """End the application when a person ends the task."""
        resource_manager = ResourceManager(self.resource_manager_url)
        await asyncio.to_thread(resource_manager.kill, self.application_id)


def _event(application: Application | None, error: str | None) -> TriggerEvent:
    return TriggerEvent(
        {"application": application.as_dict() if application else None, "error": error}
    )
