"""A real supervisord with small programs: what it starts, keeps alive, reloads and stops."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ops.local_stack import orphans
from ops.local_stack.errors import StackError
from ops.local_stack.layout import STACK_MARKER, Layout
from ops.local_stack.supervisor import Program, Supervisor

#: Starts its own server.
pytestmark = pytest.mark.slow

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")


def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


@pytest.fixture
def layout(tmp_path: Path) -> Iterator[Layout]:
    # Deeper than a socket's address may be long, as a folder of a person may be.
    found = Layout(tmp_path / ("deep" * 20))
    found.create()
    yield found
    supervisor = Supervisor(found)
    if supervisor.is_running():
        pid = supervisor.pid()
        supervisor.shutdown()
        until(lambda: not orphans.family(pid))
    orphans.end_processes(orphans.stack_processes(found.home))


def start(layout: Layout, *programs: Program) -> Supervisor:
    supervisor = Supervisor(layout)
    supervisor.ensure_running(programs, {STACK_MARKER: str(layout.home)})
    return supervisor


def test_a_killed_program_is_started_again(layout: Layout) -> None:
    supervisor = start(layout, Program("sleeper", SLEEP))
    supervisor.start("sleeper")
    until(lambda: supervisor.info("sleeper")["statename"] == "RUNNING")
    first = supervisor.info("sleeper")["pid"]
    os.kill(first, signal.SIGKILL)
    until(lambda: supervisor.info("sleeper")["pid"] not in {0, first})


def test_values_reach_a_program_as_they_are(layout: Layout) -> None:
    value = '{"a": "100 % of it; with, commas = and {braces}"}'
    code = 'import os, time; print(os.environ["VALUE"], flush=True); time.sleep(600)'
    supervisor = start(layout, Program("teller", (sys.executable, "-c", code), {"VALUE": value}))
    supervisor.start("teller")
    until(lambda: layout.log("teller").exists() and value in layout.log("teller").read_text())


def test_a_changed_program_is_taken_over_without_touching_the_others(layout: Layout) -> None:
    supervisor = start(layout, Program("one", SLEEP), Program("two", SLEEP))
    supervisor.start("one")
    supervisor.start("two")
    kept = supervisor.info("one")["pid"]
    start(layout, Program("one", SLEEP), Program("two", SLEEP, {"NEW": "1"}))
    assert supervisor.info("one")["pid"] == kept
    assert supervisor.info("two")["statename"] == "STOPPED"


def test_what_a_killed_supervisord_leaves_behind_is_found_and_ended(layout: Layout) -> None:
    supervisor = start(layout, Program("sleeper", SLEEP))
    supervisor.start("sleeper")
    until(lambda: supervisor.info("sleeper")["pid"] != 0)
    orphan, daemon = supervisor.info("sleeper")["pid"], supervisor.pid()
    os.kill(daemon, signal.SIGKILL)
    until(lambda: not supervisor.is_running())
    left = orphans.stack_processes(layout.home)
    assert orphan in {process.pid for process in left}
    orphans.end_processes(left)
    assert orphans.stack_processes(layout.home) == []
    again = start(layout, Program("sleeper", SLEEP))
    assert again.info("sleeper")["statename"] == "STOPPED"


def test_a_supervisord_that_hangs_counts_as_down(layout: Layout) -> None:
    supervisor = start(layout)
    daemon, before = supervisor.pid(), socket.getdefaulttimeout()
    os.kill(daemon, signal.SIGSTOP)
    socket.setdefaulttimeout(0.5)
    try:
        assert not supervisor.is_running()
    finally:
        socket.setdefaulttimeout(before)
        os.kill(daemon, signal.SIGCONT)


def test_a_quote_in_a_path_is_refused_with_the_path(layout: Layout) -> None:
    with pytest.raises(StackError, match="it's"):
        start(layout, Program("bad", ("/tmp/it's",)))
