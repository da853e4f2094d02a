"""What a person sees of the services being started: on a terminal, and in a pipe."""

import io
import time

import pytest
from rich.console import Console

from ops.local_stack.progress import Progress
from ops.terminal import progress


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(progress, "HEARTBEAT_S", 0.1)


def start_kafka(console: Console) -> str:
    """One service at work for a while, then ready; what was written."""
    with Progress(console, "ready") as shown:
        shown.began("kafka")
        shown.waiting("kafka", "no answer [Errno 111]\nfrom port {19092}")
        time.sleep(0.5)
        shown.finished("kafka")
    return console.file.getvalue()


def test_a_pipe_gets_plain_lines_that_say_what_is_waited_for():
    lines = start_kafka(Console(file=io.StringIO(), width=80)).splitlines()
    assert lines[0].startswith("  … ")
    assert lines[0].endswith(" s: kafka (no answer [Errno 111] from port {19092})")
    assert lines[-1].startswith("  ✓ kafka                  ready      0.")
    assert "\x1b" not in "".join(lines)


def test_a_pipe_gets_no_line_when_nothing_is_at_work():
    console = Console(file=io.StringIO())
    with Progress(console, "ready"):
        time.sleep(0.3)
    assert console.file.getvalue() == ""


def test_a_terminal_shows_what_is_at_work_and_then_only_what_is_ready():
    text = start_kafka(
        Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None)
    )
    assert "no answer [Errno 111] from port {19092}" in text
    assert "…" not in text
    after = text[text.rindex("ready") :]
    assert "no answer" not in after


def test_a_narrow_terminal_cuts_the_reason_alone():
    console = Console(file=io.StringIO(), width=60, force_terminal=True, color_system=None)
    with Progress(console, "ready") as shown:
        shown.began("airflow-dag-processor")
        shown.waiting("airflow-dag-processor", "a reason that is far too long for the line " * 3)
        time.sleep(0.5)
        shown.finished("airflow-dag-processor")
    text = console.file.getvalue()
    assert "airflow-dag-processor     0 s a reason that" in text
    assert "…" in text


def test_a_failed_service_is_marked():
    console = Console(file=io.StringIO(), width=80)
    with Progress(console, "ready") as shown:
        shown.began("kafka")
        shown.failed("kafka")
    assert console.file.getvalue().startswith("  ✗ kafka                  failed")
