"""Watches a service on YARN from the triggerer, and fires when it is no longer healthy."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

from shopnow.leader_lease import Heartbeat, HeartbeatUnreadable, read_heartbeat
from shopnow.settings import get_settings
from shopnow_airflow.hooks.yarn import (
    Application,
    ResourceManager,
    ResourceManagerError,
)

#: A ResourceManager that restarts is back within this; longer than that is an outage.
UNREACHABLE_FOR_S = 120.0


@dataclass(frozen=True)
class HealthLimits:
    """Limits of a healthy service.

    `start_s`: from submission to the first heartbeat, on a busy machine that still has to unpack
    Spark. `silent_s`: between two heartbeats; within that YARN puts a new driver in the place
    of one that was killed, which takes half a minute where nothing else runs.
    `stuck_s`: between two checkpoints, which the stream writes every five minutes. `consumer_lag`:
    messages that were there when a batch began and that it had not read at its end.
    """

    start_s: float = 600.0
    silent_s: float = 180.0
    stuck_s: float = 1200.0
    consumer_lag: int = 100_000


def unhealthy_reason(
    application: Application | None, heartbeat: Heartbeat | None, limits: HealthLimits
) -> str | None:
    """Why the service must be restarted; None while it is healthy or still starting."""
    if application is None:
        return "YARN does not know the application any more"
    if not application.is_active:
        return (
            f"the application ended {application.state}/{application.final_status} "
            f"{application.diagnostics.strip()}"
        ).strip()
    if heartbeat is None or heartbeat.application_id != application.application_id:
        if application.elapsed_s > limits.start_s:
            return f"no sign of life {application.elapsed_s:.0f} s after its submission"
        return None
    if heartbeat.age_s > limits.silent_s:
        return f"no sign of life for {heartbeat.age_s:.0f} s"
    if heartbeat.progress_age_s is not None and heartbeat.progress_age_s > limits.stuck_s:
        return f"no checkpoint for {heartbeat.progress_age_s:.0f} s"
    if heartbeat.consumer_lag is not None and heartbeat.consumer_lag > limits.consumer_lag:
        return f"{heartbeat.consumer_lag} messages behind"
    return None


class ServiceHealthTrigger(BaseTrigger):
    """Fires once, when the service is no longer healthy.

    Event: `{"reason": str, "application": {…} or None}`.
    """

    def __init__(
        self,
        *,
        service: str,
        resource_manager_url: str,
        application_id: str,
        poll_interval_s: float = 5.0,
        limits: dict[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.service = service
        self.resource_manager_url = resource_manager_url
        self.application_id = application_id
        self.poll_interval_s = poll_interval_s
        self.limits = HealthLimits(**(limits or {}))

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which a triggerer makes the trigger again."""
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            {
                "service": self.service,
                "resource_manager_url": self.resource_manager_url,
                "application_id": self.application_id,
                "poll_interval_s": self.poll_interval_s,
                "limits": asdict(self.limits),
            },
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look at YARN and at the heartbeat until something is wrong."""
        resource_manager = ResourceManager(self.resource_manager_url)
        dsn = get_settings().shop_pg_dsn
        last_answer_at = time.monotonic()
        alive = False
        while True:
            try:
                application, heartbeat = await asyncio.gather(
                    asyncio.to_thread(resource_manager.application, self.application_id),
                    asyncio.to_thread(read_heartbeat, dsn, self.service),
                )
            except (ResourceManagerError, HeartbeatUnreadable) as error:
                # What cannot be asked is not known to be ill: the stream may well be running.
                self.log.warning("%s", error)
                if time.monotonic() - last_answer_at > UNREACHABLE_FOR_S:
                    yield TriggerEvent({"reason": str(error), "application": None})
                    return
            else:
                last_answer_at = time.monotonic()
                reason = unhealthy_reason(application, heartbeat, self.limits)
                if reason is not None:
                    found = application.as_dict() if application else None
                    yield TriggerEvent({"reason": reason, "application": found})
                    return
                if not alive and heartbeat and heartbeat.application_id == self.application_id:
                    alive = True
                    self.log.info("%s lives: %s", self.service, heartbeat)
            await asyncio.sleep(self.poll_interval_s)
