"""Judges events of two versions; run where `shopnow` has a second one of some contracts.

python tests/support/two_versions.py      prints one JSON object
"""

import json
import sys
import tempfile
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from shopnow.contracts import ContractError, validate
from spark_jobs.contracts.schema import landed_event_types
from spark_jobs.quality.expectations import contract_expectations
from spark_jobs.transforms.curation import classify
from spark_jobs.transforms.stock_alerts import stock_alerts

RAW = "topic string, partition int, offset long, kafka_timestamp timestamp, value binary"

events = json.load(sys.stdin)


def shop_accepts(event: dict) -> bool:
    try:
        validate(event)
    except ContractError:
        return False
    return True


with tempfile.TemporaryDirectory() as home:
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", str(Path(home) / "spills"))
        .getOrCreate()
    )
    rows = [
        (
            landed_event_types()[event["event_type"]].topic,
            0,
            offset,
            None,
            json.dumps(event).encode(),
        )
        for offset, event in enumerate(events)
    ]
    raw = spark.createDataFrame(rows, RAW)
    curated = (
        classify(raw)
        .orderBy("offset")
        .select("reason", "schema_version", F.to_json("stock_changed"))
    )
    alerts = stock_alerts(raw.select("value", F.current_timestamp().alias("timestamp")))
    print(
        json.dumps(
            {
                "shop": [shop_accepts(event) for event in events],
                "lake": [list(row) for row in curated.collect()],
                "alerts": alerts.count(),
                "required": [
                    check["kwargs"]["column"]
                    for check in contract_expectations(landed_event_types()["stock_changed"])
                    if check["type"] == "expect_column_values_to_not_be_null"
                ],
            }
        )
    )
    spark.stop()
