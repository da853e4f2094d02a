"""How long a process of the shop waits for a server that is away, before it ends."""

import logging
import threading

from tenacity import (
    Retrying,
    before_sleep_log,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
    stop_any,
    stop_when_event_set,
    wait_exponential,
)

ATTEMPTS = 10


def retry_policy(
    stopping: threading.Event, log: logging.Logger, *what: type[Exception]
) -> Retrying:
    """Attempts with 1, 2, 4 … 30 s between them, given up at once when asked to stop.

    The last attempt's exception is raised; the supervisor then starts the process again.
    """
    return Retrying(
        retry=retry_if_exception_type(what),
        wait=wait_exponential(multiplier=1, max=30),
        stop=stop_any(stop_after_attempt(ATTEMPTS), stop_when_event_set(stopping)),
        sleep=sleep_using_event(stopping),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
