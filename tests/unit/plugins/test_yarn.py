"""The ResourceManager's client: logs of drivers, tags, refused submissions."""

import pytest
from airflow.sdk.exceptions import AirflowException
from shopnow_airflow.hooks.yarn import ResourceManager, yarn_tag
from shopnow_airflow.operators.stream_service import EnsureServiceRunning


def ensure_running() -> EnsureServiceRunning:
    return EnsureServiceRunning(
        task_id="ensure_running", service="stock-alerts", job="stock_alerts"
    )


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


def test_ending_a_task_that_has_just_submitted_ends_its_application(yarn, spark_submit):
    task = ensure_running()
    application_id = task.execute({})
    task.on_kill()

    assert yarn.killed == [application_id]


def test_a_refused_submission_shows_what_spark_submit_said(spark_submit, monkeypatch):
    monkeypatch.setenv("FAKE_EXIT", "1")

    with pytest.raises(AirflowException, match="no such cluster"):
        ensure_running().execute({})


def test_tags_are_what_yarn_takes_and_differ_where_services_differ():
    names = ["stock-alerts", "Stock-alerts", "stock,alerts", "é" + "x" * 300, "é" + "x" * 300 + "y"]
    tags = [yarn_tag("service", name) for name in names]

    assert len(set(tags)) == len(tags)
    for tag in tags:
        assert tag.isascii()
        assert tag == tag.lower()
        assert len(tag) <= 100
        assert "," not in tag
