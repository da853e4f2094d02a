"""What every DAG has, and how they are wired."""

import itertools
import json
import os
import subprocess
import sys

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
from shopnow_airflow.defaults import OWNER, Tag

from shopnow.settings import REPO_ROOT

DAG_FILES = {
    "compute_kpis.py": ["compute_kpis"],
    "ingest_events.py": ["ingest_events"],
    "maintain_lake.py": ["maintain_lake"],
    "send_daily_report.py": ["send_daily_report"],
    "stock_alerts_service.py": ["stock_alerts_service"],
}
DAG_IDS = [dag_id for dag_ids in DAG_FILES.values() for dag_id in dag_ids]


def test_there_is_one_file_for_each_dag(bag):
    found = sorted(path.name for path in (REPO_ROOT / "dags").rglob("*.py"))
    assert found == sorted(DAG_FILES)
    for name, dag_ids in DAG_FILES.items():
        in_file = [
            d.dag_id for d in bag.dags.values() if d.fileloc == str(REPO_ROOT / "dags" / name)
        ]
        assert in_file == dag_ids


def test_every_file_can_be_read(bag):
    assert bag.import_errors == {}
    assert sorted(bag.dags) == sorted(DAG_IDS)


def test_reading_a_file_that_connects_is_noticed(tmp_path, forbid_input_and_output):
    """The guard of the test above works."""
    (tmp_path / "greedy.py").write_text(
        "import socket\n"
        "from airflow.sdk import DAG\n"
        "socket.create_connection(('127.0.0.1', 9), timeout=0.1)\n"
        "DAG(dag_id='greedy')\n"
    )
    with forbid_input_and_output() as seen:
        greedy = DagBag(dag_folder=str(tmp_path))
    assert len(greedy.import_errors) == 1
    assert seen


@pytest.mark.parametrize("dag_id", DAG_IDS)
class TestEveryDag:
    def test_says_what_it_does_and_what_to_do_when_it_fails(self, bag, dag_id):
        assert f"### {dag_id}" in (bag.dags[dag_id].doc_md or "")

    def test_has_tags_that_the_enum_knows(self, bag, dag_id):
        tags = bag.dags[dag_id].tags
        assert tags
        assert set(tags) <= {str(tag) for tag in Tag}

    def test_runs_alone_and_catches_nothing_up(self, bag, dag_id):
        assert bag.dags[dag_id].max_active_runs == 1
        assert bag.dags[dag_id].catchup is False

    def test_can_be_stored_and_read_back(self, bag, dag_id):
        stored = json.loads(json.dumps(DagSerialization.to_dict(bag.dags[dag_id])))
        assert DagSerialization.from_dict(stored).task_ids == bag.dags[dag_id].task_ids

    def test_tasks_have_owner_docs_and_bounded_tries(self, bag, dag_id):
        assert bag.dags[dag_id].tasks
        for task in bag.dags[dag_id].tasks:
            assert task.owner == OWNER
            assert task.doc_md
            assert 1 <= task.retries <= 5
            assert task.retry_exponential_backoff
            assert task.max_retry_delay is not None

    def test_batch_jobs_run_in_a_session_of_the_connection(self, bag, dag_id):
        for task in bag.dags[dag_id].tasks:
            if getattr(task, "custom_operator_name", "") == "@task.pyspark":
                assert task.conn_id == "spark_connect"


def test_events_are_published_only_after_they_were_checked(bag):
    dag = bag.dags["ingest_events"]
    order = [task.task_id for task in dag.topological_sort()]
    assert order == [
        "look_for_news",
        "land_events",
        "curate_events",
        "check_curated",
        "publish_events",
        "more_to_land",
        "go_on",
    ]
    for before, after in itertools.pairwise(order):
        assert before in dag.get_task(after).upstream_task_ids
        assert dag.get_task(after).trigger_rule == "all_success"


def test_without_news_no_task_with_spark_runs(bag):
    dag = bag.dags["ingest_events"]
    look = dag.get_task("look_for_news")
    assert look.custom_operator_name == "@task.short_circuit"
    assert look.get_flat_relative_ids(upstream=False) == set(dag.task_ids) - {"look_for_news"}


def test_a_landing_that_left_something_starts_the_next_run(bag):
    assert bag.dags["ingest_events"].get_task("go_on").trigger_dag_id == "ingest_events"


def test_publishing_starts_the_indicators(bag):
    published = bag.dags["ingest_events"].get_task("publish_events").outlets
    assert [asset.name for asset in published] == ["curated"]
    condition = bag.dags["compute_kpis"].timetable.asset_condition
    assert [asset.name for asset in condition.objects] == ["curated"]


def test_the_report_leaves_in_the_morning_of_the_shop(bag):
    timetable = bag.dags["send_daily_report"].timetable
    assert timetable.expression == "0 7 * * *"
    assert str(timetable.timezone) == "Europe/Paris"


def test_a_fresh_stack_does_not_begin_with_the_hours_of_yesterday(bag):
    ingest = bag.dags["ingest_events"].timetable
    for timetable in (ingest.timetable, bag.dags["send_daily_report"].timetable):
        assert timetable.run_immediately is False
    for dag_id in ("ingest_events", "send_daily_report"):
        assert bag.dags[dag_id].start_date is None


def test_messages_wake_ingestion(bag):
    condition = bag.dags["ingest_events"].timetable.asset_condition
    (asset,) = condition.objects
    (watcher,) = asset.watchers
    assert (asset.name, type(watcher.trigger).__name__) == ("kafka_news", "KafkaNewsTrigger")


def test_ingestion_can_be_left_to_people():
    """With an empty schedule the DAG runs only when it is started."""
    code = "import ingest_events as f; print(type(f.landed.operator.dag.timetable).__name__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "SHOPNOW_INGEST_SCHEDULE": "",
            "PYTHONPATH": f"{REPO_ROOT / 'dags'}:{REPO_ROOT / 'plugins'}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split()[-1] == "NullTimetable"
