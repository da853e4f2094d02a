"""A task that ends, however it ends, leaves nothing running on the Spark Connect server."""

import os
import signal
import time
from contextlib import nullcontext

import pytest
from shopnow_airflow.spark_task import TaskTerminated, run_job


@pytest.fixture(autouse=True)
def nobody_restarts_the_server(monkeypatch):
    monkeypatch.setattr("shopnow_airflow.spark_task.in_use", lambda _: nullcontext(False))


class Session:
    """Counts what it is asked to interrupt."""

    interrupted = 0

    def interruptAll(self) -> None:
        self.interrupted += 1


def test_the_summary_of_the_job_is_the_result_of_the_task():
    session = Session()

    assert run_job(session, lambda _, *given: {"rows": given}, 1, 2) == {"rows": (1, 2)}
    assert session.interrupted == 0


def test_a_job_that_fails_or_is_out_of_time_is_interrupted():
    session = Session()

    def out_of_time(_: object) -> dict:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        run_job(session, out_of_time)
    assert session.interrupted == 1


def test_a_task_that_is_terminated_interrupts_its_job():
    session = Session()
    before = signal.getsignal(signal.SIGTERM)

    def terminated(_: object) -> dict:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
        return {}

    with pytest.raises(TaskTerminated):
        run_job(session, terminated)
    assert session.interrupted == 1
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_job_that_waited_for_a_restart_runs_in_a_session_of_the_new_server(monkeypatch):
    old, new = Session(), Session()
    monkeypatch.setattr("shopnow_airflow.spark_task.in_use", lambda _: nullcontext(True))
    monkeypatch.setattr("shopnow_airflow.spark_task.new_session", lambda: new)

    assert run_job(old, lambda given: {"new": given is new}) == {"new": True}
