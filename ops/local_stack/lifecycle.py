"""Starts and stops the stack: each part as soon as what it depends on is ready."""

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol

from ops.bootstrap import preflight
from ops.local_stack import orphans
from ops.local_stack.configuration import process_environment, render_all
from ops.local_stack.errors import StackError
from ops.local_stack.layout import Layout
from ops.local_stack.services import SERVICES, Service, Task, select
from ops.local_stack.supervisor import Supervisor
from shopnow.settings import (
    Settings,
    ensure_settings_file,
    get_settings,
    home_from_environment,
)

POLL_S = 0.2
#: Probes of a service that takes long become rarer, for they cost what it needs to start.
MAX_POLL_S = 1.0
#: A service that has died this often before it got ready will not get ready.
MAX_STARTS = 4
#: States that supervisord does not leave on its own.
_NOT_RUNNING = {"FATAL", "STOPPED", "UNKNOWN"}


class Reporter(Protocol):
    """Receives progress, from several threads."""

    def began(self, name: str) -> None: ...

    def waiting(self, name: str, reason: str) -> None: ...

    def finished(self, name: str) -> None: ...

    def failed(self, name: str) -> None: ...


class _Skipped(Exception):
    """A dependency failed, which has been reported already."""


@contextmanager
def _stack_lock(layout: Layout) -> Iterator[None]:
    """Hold the stack's lock; the kernel releases it if this process is killed."""
    with (layout.run / "up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StackError(
                f"Another `shopnow up` or `down` is at work on {layout.home}. Wait for its end."
            ) from error
        yield


def load_settings() -> Settings:
    """The settings, with the secrets that their file lacks generated first."""
    ensure_settings_file(home_from_environment())
    get_settings.cache_clear()
    return get_settings()


def up(settings: Settings, only: tuple[str, ...], reporter: Reporter) -> None:
    """Start the services named (default: all) with what they need, and wait until all are ready.

    Safe to repeat, also after any of the processes was killed. Raises StackError when something
    is in the way or does not get ready; what has started by then stays.
    """
    nodes = select(only)
    layout = Layout(settings.home)
    layout.create()
    supervisor = Supervisor(layout)
    with _stack_lock(layout):
        _sweep(layout, supervisor)
        _check(settings, supervisor, [node for node in nodes if isinstance(node, Service)])
        render_all(settings)
        programs = [service.program(settings) for service in SERVICES.values()]
        supervisor.ensure_running(programs, process_environment(settings))
        starter = _Starter(settings, supervisor, reporter)
        starter.run(nodes)


def down(settings: Settings, reporter: Reporter) -> int:
    """Stop every service in reverse order; return how many orphaned processes were killed.

    The number counts processes that were not under supervisord any more.
    """
    layout = Layout(settings.home)
    layout.create()
    supervisor = Supervisor(layout)
    with _stack_lock(layout):
        if supervisor.is_running():
            _stop_all(settings, supervisor, reporter)
            daemon = supervisor.pid()
            supervisor.shutdown()
            _wait(lambda: not orphans.family(daemon), 10)
        left = orphans.stack_processes(layout.home)
        orphans.end_processes(left)
        survivors = orphans.stack_processes(layout.home)
        if survivors:
            pids = ", ".join(str(process.pid) for process in survivors)
            raise StackError(f"These processes of the stack could not be ended: {pids}")
        return len(left)


def _sweep(layout: Layout, supervisor: Supervisor) -> None:
    """Kill processes outside supervisord's tree: they would hold ports, locks and data."""
    supervised: set[int] = set()
    if supervisor.is_running():
        supervised = orphans.family(supervisor.pid())
    orphans.end_processes(
        [
            process
            for process in orphans.stack_processes(layout.home)
            if process.pid not in supervised
        ]
    )


def _check(settings: Settings, supervisor: Supervisor, services: list[Service]) -> None:
    """Checks that run before anything is started."""
    running = {name for name, info in supervisor.all_info().items() if info["pid"]}
    missing = [service.name for service in services if service.name not in running]
    checks = [preflight.check_java(), preflight.check_disk(settings.home)]
    if len(missing) == len(SERVICES):
        checks.append(preflight.check_memory())
    checks += preflight.check_ports(settings.port_offset, missing, settings.host)
    problems = [check.problem for check in checks if check.problem]
    if problems:
        raise StackError("\n".join(problems))


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(POLL_S)
    return False


class _Starter:
    """Runs a graph of nodes, one thread a node, each waiting for the nodes it depends on."""

    def __init__(self, settings: Settings, supervisor: Supervisor, reporter: Reporter) -> None:
        self._settings = settings
        self._supervisor = supervisor
        self._reporter = reporter
        self._futures: dict[str, Future[None]] = {}
        self._cancelled = threading.Event()

    def run(self, nodes: list[Service | Task]) -> None:
        """Start all; raise StackError with the first reason when one fails."""
        errors: list[str] = []
        with ThreadPoolExecutor(max_workers=len(nodes)) as pool:
            for node in nodes:  # in an order in which dependencies come first
                self._futures[node.name] = pool.submit(self._start, node)
            try:
                for name, future in self._futures.items():
                    error = future.exception()
                    if error is not None and not isinstance(error, _Skipped):
                        errors.append(f"{name}: {error}")
            except KeyboardInterrupt:
                self._cancelled.set()
                raise
        if errors:
            raise StackError("\n".join(errors))

    def _start(self, node: Service | Task) -> None:
        for name in node.depends_on:
            if self._futures[name].exception() is not None:
                raise _Skipped(name)
        if self._cancelled.is_set():
            raise _Skipped(node.name)
        self._reporter.began(node.name)
        try:
            if isinstance(node, Task):
                node.run(self._settings)
            else:
                self._start_service(node)
        except Exception:
            self._reporter.failed(node.name)
            raise
        self._reporter.finished(node.name)

    def _start_service(self, service: Service) -> None:
        if not self._supervisor.info(service.name)["pid"]:
            if service.prepare is not None:
                service.prepare(self._settings)
            self._supervisor.start(service.name)
        deadline = time.monotonic() + service.ready_within_s
        lives: set[int] = set()
        pause = POLL_S
        while not self._cancelled.is_set():
            info = self._supervisor.info(service.name)
            lives |= {info["pid"]} - {0}
            if info["statename"] in _NOT_RUNNING or len(lives) > MAX_STARTS:
                raise StackError(self._death(service, str(info["spawnerr"] or info["description"])))
            reason = self._not_ready(service, info)
            if reason is None:
                return
            self._reporter.waiting(service.name, reason)
            if time.monotonic() > deadline:
                raise StackError(
                    self._death(service, f"not ready after {service.ready_within_s} s: {reason}")
                )
            time.sleep(pause)
            pause = min(pause * 1.2, MAX_POLL_S)

    def _not_ready(self, service: Service, info: dict[str, object]) -> str | None:
        if info["statename"] not in {"STARTING", "RUNNING"}:
            return f"{info['statename']}: {info['spawnerr'] or 'it ended and is started again'}"
        if service.probe is None:
            return None if info["statename"] == "RUNNING" else "starting"
        try:
            service.probe(self._settings, datetime.fromtimestamp(int(str(info["start"])), UTC))
        except Exception as error:  # noqa: BLE001 - whatever a probe raises says why not yet
            return str(error) or type(error).__name__
        return None

    def _death(self, service: Service, reason: str) -> str:
        log = Layout(self._settings.home).log(service.name)
        tail = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
        return "\n".join([f"{reason} (log: {log})", *(f"    {line[:200]}" for line in tail)])


def _stop_all(settings: Settings, supervisor: Supervisor, reporter: Reporter) -> None:
    """Stop the services, each after those that depend on it."""
    running = [
        name for name, info in supervisor.all_info().items() if info["statename"] != "STOPPED"
    ]
    futures: dict[str, Future[None]] = {}
    users = _users()

    def stop(name: str) -> None:
        for user in users[name]:
            if user in futures:
                futures[user].result()
        reporter.began(name)
        service = SERVICES[name]
        if service.before_stop is not None:
            try:
                service.before_stop(settings)
            except Exception as error:  # noqa: BLE001 - stopping goes on without it
                reporter.waiting(name, str(error))
        supervisor.stop(name)
        reporter.finished(name)

    with ThreadPoolExecutor(max_workers=len(SERVICES)) as pool:
        for service in reversed(select()):
            if service.name in running:
                futures[service.name] = pool.submit(stop, service.name)
    for future in futures.values():
        future.result()


def _users() -> dict[str, set[str]]:
    """For each service, those that need it, directly or through a task or another service."""
    nodes = {node.name: node for node in select()}

    def needs(name: str) -> set[str]:
        direct = nodes[name].depends_on
        return set(direct).union(*(needs(other) for other in direct))

    users: dict[str, set[str]] = {name: set() for name in SERVICES}
    for name in SERVICES:
        for other in needs(name) & set(SERVICES):
            users[other].add(name)
    return users
