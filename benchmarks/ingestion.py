"""From Kafka to the indicators: how long a run takes for so many new events.

Each round publishes the events of whole sales with new ids, dated now, runs ingest_events and waits
for the compute_kpis that it starts. Times are Airflow's: of each task, and from the start of the
first run to the end of the second. The events are for the lake only, no row of the shop has them:
`shopnow reconcile` names them as differences afterwards. Take a stack that you can do without.
"""

from __future__ import annotations

import argparse
import json
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from statistics import median
from typing import Any

from confluent_kafka import Producer

from benchmarks.results import print_json, print_table
from benchmarks.running import command, running_settings
from ops.local_stack.airflow_api import AirflowApi
from shopnow.contracts import CONTRACTS_DIR, EVENT_TYPES, make_event, message_key
from shopnow.settings import Settings

#: The events of a sale, as the contracts' examples have them.
SALE = (
    "product_viewed/v1.guest",
    "cart_item_added/v1.two_units",
    "checkout_started/v1.guest",
    "order_placed/v1.web",
    "order_paid/v1.card",
)
_IDS = ("order_id", "cart_id", "session_id", "payment_id")
DAGS = ("ingest_events", "compute_kpis")
WITHIN_S = 900.0


def sales(number: int) -> Iterator[dict[str, Any]]:
    """This many events, of sales that nobody has made before."""
    examples = [json.loads((CONTRACTS_DIR / f"{name}.pass.json").read_text()) for name in SALE]
    left = count(number, -1)
    while True:
        ids = {name: str(uuid.uuid4()) for name in _IDS}
        for example in examples:
            if next(left) == 0:
                return
            payload = example["payload"]
            payload = payload | {name: value for name, value in ids.items() if name in payload}
            yield make_event(example["event_type"], payload, source="bench")


def publish(settings: Settings, number: int) -> None:
    """Write the events to their topics; every one is acknowledged."""
    producer = Producer(
        {"bootstrap.servers": settings.kafka_bootstrap, "acks": "all", "linger.ms": 20}
    )
    for event in sales(number):
        topic = EVENT_TYPES[event["event_type"]].topic
        producer.produce(topic, json.dumps(event).encode(), message_key(event))
        producer.poll(0)
    if producer.flush(60):
        raise RuntimeError("Kafka has not acknowledged every event")


def run(airflow: AirflowApi) -> dict[str, float]:
    """Run both DAGs; seconds by task, and `in all`."""
    begun_at = datetime.now(UTC)
    runs = {DAGS[0]: airflow.trigger(DAGS[0], {})}
    deadline = time.monotonic() + WITHIN_S
    while len(runs) < len(DAGS) or airflow.run_state(DAGS[1], runs[DAGS[1]]) != "success":
        states = {airflow.run_state(dag, run_id) for dag, run_id in runs.items()}
        if "failed" in states or time.monotonic() > deadline:
            raise RuntimeError(f"a run failed or did not end: {runs}")
        started = airflow.run_begun_since(DAGS[1], begun_at)
        if started:
            runs[DAGS[1]] = started
        time.sleep(0.5)
    seconds: dict[str, float] = {}
    ends = []
    for dag, run_id in runs.items():
        for task in airflow.task_instances(dag, run_id):
            if task["state"] == "success":
                seconds[task["task_id"]] = round(task["duration"], 2)
                ends.append(datetime.fromisoformat(task["end_date"]))
    seconds["in all"] = round((max(ends) - begun_at).total_seconds(), 2)
    return seconds


def main() -> int:
    """Publish, run, print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    settings = running_settings("kafka", "spark-connect", "airflow-scheduler")
    rounds = []
    with AirflowApi(settings) as airflow:
        for dag in DAGS:
            airflow.wait_for_dag(dag)
        for _ in range(options.rounds):
            publish(settings, options.events)
            rounds.append(run(airflow))
    if options.json:
        print_json({"events": options.events, "rounds": rounds})
        return 0
    names = list(rounds[0])
    print_table(
        f"{options.events} new events, seconds",
        ["task", *(f"round {number}" for number in range(1, len(rounds) + 1)), "median"],
        [
            [
                name,
                *(f"{each.get(name, 0):.1f}" for each in rounds),
                f"{median(each.get(name, 0) for each in rounds):.1f}",
            ]
            for name in names
        ],
    )
    return 0


if __name__ == "__main__":
    command(main)
