"""Processor time by who used it: what a measurement is bound by when the processors are full."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psutil

from ops.local_stack.status import stack_status
from shopnow.settings import Settings

#: The groups that are distinguished, and the stack's services in each; the first two are the
#: bench's.
USERS: dict[str, tuple[str, ...]] = {
    "load": (),
    "server": (),
    "PostgreSQL": ("postgres",),
    "relay": ("relay",),
    "Kafka": ("kafka",),
}


class ProcessorTime:
    """Sums up the processor seconds of each user while something is measured."""

    def __init__(self, settings: Settings) -> None:
        pids = {each["name"]: each["pid"] for each in stack_status(settings)["services"]}
        self._roots = {
            user: [pids[service] for service in services if pids[service]]
            for user, services in USERS.items()
        }
        self.seconds = dict.fromkeys(USERS, 0.0)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Add what is used within."""
        before = self._used()
        yield
        for user, used in self._used().items():
            self.seconds[user] += used - before[user]

    def _used(self) -> dict[str, float]:
        this = psutil.Process()
        used = {user: _of_trees(roots) for user, roots in self._roots.items()}
        # pgbench is a child that has ended, the server one that goes on.
        used["load"] = _of_process(this)
        used["server"] = sum(map(_of_process, this.children(recursive=True)))
        return used


def _of_trees(roots: Iterable[int]) -> float:
    found = [psutil.Process(pid) for pid in roots]
    found += [child for root in found for child in root.children(recursive=True)]
    return sum(map(_of_process, found))


def _of_process(process: psutil.Process) -> float:
    """User and system seconds, those of children that have ended included."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # its parent counts it from now on
        return 0.0
    return times.user + times.system + times.children_user + times.children_system


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))
