"""The retry policy of the workers for a server that is unavailable."""

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
    """Retry with 1, 2, 4 … 30 s between attempts; stop immediately when asked to.

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
