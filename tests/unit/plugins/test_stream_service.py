"""A service has one application and is restarted only when it is unhealthy."""

import asyncio
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, TaskDeferred
from shopnow_airflow.hooks.yarn import ResourceManager, yarn_tag
from shopnow_airflow.operators.stream_service import EnsureServiceRunning, WatchService
from shopnow_airflow.triggers import service
from shopnow_airflow.triggers.service import (
    HealthLimits,
    ServiceHealthTrigger,
    unhealthy_reason,
)

from shopnow.leader_lease import Heartbeat

LIMITS = HealthLimits(start_s=180, silent_s=90, stuck_s=900, consumer_lag=1000)
TAG = yarn_tag("service", "stock-alerts")


def ensure_running() -> EnsureServiceRunning:
    return EnsureServiceRunning(
        task_id="ensure_running", service="stock-alerts", job="stock_alerts"
    )


def watch(application_id: str) -> WatchService:
    return WatchService(task_id="watch", service="stock-alerts", application_id=application_id)


def heartbeat(application_id: str, **values: Any) -> Heartbeat:
    healthy = {"age_s": 1.0, "progress_age_s": 100.0, "consumer_lag": 0, "details": "query 1"}
    return Heartbeat(application_id, **{**healthy, **values})


def test_the_service_is_submitted_once(yarn, spark_submit):
    first = ensure_running().execute({})
    again = ensure_running().execute({})

    assert first == again
    assert len(spark_submit.calls) == 1
    assert f"spark.yarn.tags={TAG}" in spark_submit.calls[0]


def test_of_two_services_the_older_stays(yarn, spark_submit):
    older, younger = yarn.add(1, tag=TAG), yarn.add(2, tag=TAG)

    assert ensure_running().execute({}) == older
    assert yarn.killed == [younger]


def test_a_service_that_ended_is_submitted_again(yarn, spark_submit):
    first = ensure_running().execute({})
    yarn.end(first, "FAILED")

    assert ensure_running().execute({}) != first


def test_without_yarn_the_service_says_what_to_do(spark_submit, local_connection):
    with pytest.raises(AirflowFailException, match="runs on YARN only"):
        ensure_running().execute({})


@pytest.mark.parametrize(
    ("elapsed_s", "beat", "expected"),
    [
        (10, None, None),
        (180, None, None),
        (181, None, "no sign of life 181 s after its submission"),
        (181, {"application_id": "application_of_a_past_life"}, "no sign of life 181 s"),
        (10, {"application_id": "application_of_a_past_life", "age_s": 9999.0}, None),
        (5000, {"age_s": 90.0}, None),
        (5000, {"age_s": 91.0}, "no sign of life for 91 s"),
        (5000, {"progress_age_s": 900.0}, None),
        (5000, {"progress_age_s": 901.0}, "no checkpoint for 901 s"),
        (5000, {"consumer_lag": None}, None),
        (5000, {"consumer_lag": 1000}, None),
        (5000, {"consumer_lag": 1001}, "1001 messages behind"),
    ],
)
def test_health_of_an_application_that_yarn_runs(yarn, elapsed_s, beat, expected):
    application_id = yarn.add(1, elapsedTime=elapsed_s * 1000)
    application = ResourceManager(yarn.url).application(application_id)
    found = heartbeat(**{"application_id": application_id, **beat}) if beat is not None else None

    reason = unhealthy_reason(application, found, LIMITS)

    assert (reason or "").startswith(expected or "")
    assert (reason is None) == (expected is None)


def test_an_application_that_ended_or_is_unknown_is_not_healthy(yarn):
    application_id = yarn.add(1)
    yarn.end(application_id, "FAILED", "the driver exited with status 1")
    application = ResourceManager(yarn.url).application(application_id)

    assert "exited with status 1" in (unhealthy_reason(application, None, LIMITS) or "")
    assert "does not know" in (unhealthy_reason(None, None, LIMITS) or "")


def test_the_trigger_fires_when_the_service_falls_silent(yarn, monkeypatch):
    application_id = yarn.add(1)
    beats = [heartbeat(application_id), heartbeat(application_id), heartbeat(application_id)]
    silent = heartbeat(application_id, age_s=500.0)
    monkeypatch.setattr(service, "read_heartbeat", lambda *_: beats.pop() if beats else silent)

    async def scenario() -> dict[str, Any]:
        trigger = ServiceHealthTrigger(
            service="stock-alerts",
            resource_manager_url=yarn.url,
            application_id=application_id,
            poll_interval_s=0.02,
        )
        path, arguments = trigger.serialize()
        assert path == "shopnow_airflow.triggers.service.ServiceHealthTrigger"
        assert "password" not in str(arguments)
        events = ServiceHealthTrigger(**arguments).run()
        return (await anext(events)).payload

    event = asyncio.run(asyncio.wait_for(scenario(), timeout=20))
    assert event["reason"] == "no sign of life for 500 s"
    assert beats == []


def test_watching_holds_no_worker(yarn, spark_submit):
    application_id = yarn.add(1)

    with pytest.raises(TaskDeferred) as deferred:
        watch(application_id).execute({})
    assert deferred.value.trigger.application_id == application_id


def test_a_silent_driver_is_ended_before_the_next_life(yarn, spark_submit):
    application_id = yarn.add(1)
    application = ResourceManager(yarn.url).application(application_id)
    assert application is not None
    event = {"reason": "no sign of life for 500 s", "application": application.as_dict()}

    with pytest.raises(AirflowFailException, match="no sign of life for 500 s"):
        watch(application_id).finish({}, event)
    assert yarn.killed == [application_id]


def test_a_service_that_was_stopped_in_good_order_ends_its_run_well(yarn, spark_submit):
    application_id = yarn.add(1)
    yarn.end(application_id, "SUCCEEDED")
    application = ResourceManager(yarn.url).application(application_id)
    assert application is not None

    watch(application_id).finish({}, {"reason": "ended", "application": application.as_dict()})
    assert yarn.killed == []
