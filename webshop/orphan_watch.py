"""A server's worker exits when the process that started it is gone."""

import os
import signal
import threading
import time

EVERY_S = 0.5


def exit_when_orphaned() -> None:
    """Watch the parent process from a thread, and send SIGTERM to this one when it is gone.

    Workers of a main process that was killed would otherwise serve on, unsupervised and beside
    those of the next one.
    """
    threading.Thread(target=_watch, args=(os.getppid(),), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)
