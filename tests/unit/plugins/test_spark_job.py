"""A job runs once on YARN even if the worker is killed, and a failure shows the driver's log."""

import asyncio
from types import SimpleNamespace

import pytest
import structlog.testing
from airflow.sdk.exceptions import AirflowException, TaskDeferred
from shopnow_airflow.hooks.yarn import ResourceManager, yarn_tag
from shopnow_airflow.operators.spark_job import SparkJobOperator
from shopnow_airflow.triggers.yarn import YarnApplicationTrigger

RUN_ID = "scheduled__2026-11-22T08:15:00+00:00"


def operator() -> SparkJobOperator:
    return SparkJobOperator(task_id="a_task", job="stock_alerts", arguments=["--run-id", RUN_ID])


def context(run_id: str = RUN_ID) -> dict:
    ti = SimpleNamespace(dag_id="ingest_events", task_id="a_task", run_id=run_id, map_index=-1)
    return {"ti": ti}


def defer(task: SparkJobOperator, run_id: str = RUN_ID) -> TaskDeferred:
    with pytest.raises(TaskDeferred) as deferred:
        task.execute(context(run_id))
    return deferred.value


def event_of(trigger: YarnApplicationTrigger) -> dict:
    async def first() -> dict:
        async for event in trigger.run():
            return event.payload
        raise AssertionError("the trigger ended without an event")

    return asyncio.run(asyncio.wait_for(first(), timeout=20))


def test_a_job_is_submitted_in_cluster_mode_and_not_waited_for(yarn, spark_submit):
    deferred = defer(operator())

    (arguments,) = spark_submit.calls
    assert arguments[:2] == ["--master", "yarn"]
    assert arguments[arguments.index("--deploy-mode") + 1] == "cluster"
    assert "spark.yarn.submit.waitAppCompletion=false" in arguments
    assert "spark.yarn.maxAppAttempts=1" in arguments
    assert arguments[-3].endswith("/spark_jobs/stock_alerts.py")
    assert arguments[-2:] == ["--run-id", RUN_ID]
    assert deferred.trigger.application_id in yarn.apps


def test_a_retry_goes_on_with_the_application_that_runs(yarn, spark_submit):
    first = defer(operator())
    again = defer(operator())

    assert again.trigger.application_id == first.trigger.application_id
    assert len(spark_submit.calls) == 1


def test_a_retry_after_a_failure_submits_again(yarn, spark_submit):
    first = defer(operator())
    yarn.end(first.trigger.application_id, "FAILED")
    again = defer(operator())

    assert again.trigger.application_id != first.trigger.application_id


def test_another_run_has_its_own_application(yarn, spark_submit):
    first = defer(operator())
    other = defer(operator(), "scheduled__2026-11-22T08:30:00+00:00")

    assert other.trigger.application_id != first.trigger.application_id


def test_of_two_applications_of_one_task_the_older_stays(yarn, spark_submit):
    tag = yarn_tag("ingest_events", "a_task", RUN_ID, "-1")
    older, younger = yarn.add(1, tag=tag), yarn.add(2, tag=tag)

    assert defer(operator()).trigger.application_id == older
    assert yarn.killed == [younger]


def test_the_end_of_a_good_job_is_its_application_id(yarn, spark_submit):
    deferred = defer(operator())
    application_id = deferred.trigger.application_id
    yarn.end(application_id, "SUCCEEDED")
    task = operator()

    result = task.finish(context(), event_of(deferred.trigger), **deferred.kwargs)

    assert result == application_id
    link = task.operator_extra_links[0].get_link(task, ti_key=None)
    assert link == f"{yarn.url}/cluster/app/{application_id}"


def test_the_trigger_waits_for_the_end(yarn):
    application_id = yarn.add(1, state="ACCEPTED")

    async def scenario() -> dict:
        trigger = YarnApplicationTrigger(
            resource_manager_url=yarn.url, application_id=application_id, poll_interval_s=0.02
        )
        events = trigger.run()
        waiting = asyncio.ensure_future(anext(events))
        for state in ("ACCEPTED", "RUNNING"):
            yarn.apps[application_id]["state"] = state
            await asyncio.sleep(0.1)
            assert not waiting.done()
        yarn.unavailable = True
        await asyncio.sleep(0.1)
        assert not waiting.done(), "an RM that restarts is no end of the job"
        yarn.unavailable = False
        yarn.end(application_id, "SUCCEEDED")
        return (await waiting).payload

    event = asyncio.run(asyncio.wait_for(scenario(), timeout=20))
    assert event["application"]["final_status"] == "SUCCEEDED"


def test_the_trigger_can_be_made_again_by_another_triggerer(yarn):
    trigger = YarnApplicationTrigger(resource_manager_url=yarn.url, application_id="application_1")
    path, arguments = trigger.serialize()

    assert path == "shopnow_airflow.triggers.yarn.YarnApplicationTrigger"
    assert YarnApplicationTrigger(**arguments).serialize() == trigger.serialize()


def test_a_failure_puts_the_drivers_log_into_the_tasks_log(yarn, spark_submit):
    deferred = defer(operator())
    yarn.logs = {"stdout": "Traceback\nKeyError: 'no such column'", "stderr": "INFO started"}
    yarn.end(deferred.trigger.application_id, "FAILED", "User application exited with status 1")

    with (
        structlog.testing.capture_logs() as logged,
        pytest.raises(AirflowException, match="User application exited with status 1"),
    ):
        operator().finish(context(), event_of(deferred.trigger), **deferred.kwargs)
    assert any("KeyError: 'no such column'" in str(entry) for entry in logged)


def test_a_missing_log_does_not_hide_the_failure(yarn):
    application_id = yarn.add(1)
    application = ResourceManager(yarn.url).application(application_id)

    assert application is not None
    assert "could not be read" in ResourceManager(yarn.url).driver_log(application)


def test_only_the_tail_of_a_long_log_is_fetched(yarn):
    yarn.logs = {"stdout": "x" * 50_000 + "the end", "stderr": "y"}
    application = ResourceManager(yarn.url).application(yarn.add(1))

    assert application is not None
    log = ResourceManager(yarn.url).driver_log(application, max_bytes=100)
    assert "the end" in log
    assert len(log) < 1_000


def test_an_application_that_yarn_forgot_fails_the_task(yarn, spark_submit):
    deferred = defer(operator())
    yarn.apps.clear()

    with pytest.raises(AirflowException, match="Lost track"):
        operator().finish(context(), event_of(deferred.trigger), **deferred.kwargs)


def test_ending_a_task_that_waits_ends_its_application(yarn, spark_submit):
    deferred = defer(operator())
    asyncio.run(deferred.trigger.on_kill())

    assert yarn.killed == [deferred.trigger.application_id]


def test_ending_a_task_that_has_just_submitted_ends_its_application(yarn, spark_submit):
    task = operator()
    deferred = defer(task)
    task.on_kill()

    assert yarn.killed == [deferred.trigger.application_id]


def test_a_refused_submission_shows_what_spark_submit_said(spark_submit, monkeypatch):
    monkeypatch.setenv("FAKE_EXIT", "1")

    with pytest.raises(AirflowException, match="no such cluster"):
        operator().execute(context())


def test_on_a_local_master_the_job_runs_in_the_worker(yarn, spark_submit, local_connection):
    assert operator().execute(context()) is None

    (arguments,) = spark_submit.calls
    assert arguments[:2] == ["--master", "local[2]"]
    assert arguments[arguments.index("--deploy-mode") + 1] == "client"
    assert yarn.apps == {}


def test_on_a_local_master_a_failing_job_fails_the_task(
    spark_submit, local_connection, monkeypatch
):
    monkeypatch.setenv("FAKE_EXIT", "3")

    with pytest.raises(AirflowException, match="Error code is: 3"):
        operator().execute(context())


def test_tags_are_what_yarn_takes_and_differ_where_runs_differ():
    runs = [
        "scheduled__2026-11-22T08:15:00+00:00",
        "scheduled__2026-11-22T08:15:00-00:00",
        "Scheduled__2026-11-22T08:15:00+00:00",
        "manual__é" + "x" * 300,
        "manual__é" + "x" * 300 + "y",
    ]
    tags = [yarn_tag("ingest_events", "a_task", run) for run in runs]

    assert len(set(tags)) == len(tags)
    for tag in tags:
        assert tag.isascii()
        assert tag == tag.lower()
        assert len(tag) <= 100
        assert "," not in tag
