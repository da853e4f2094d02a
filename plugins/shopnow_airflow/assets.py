"""The assets by which one DAG starts another."""

from __future__ import annotations

from airflow.sdk import Asset, AssetWatcher

from shopnow import lake
from shopnow.settings import get_settings
from shopnow_airflow.triggers.kafka_news import KafkaNewsTrigger

#: Messages on Kafka that the lake has not published.
KAFKA_NEWS = Asset(
    name="kafka_news",
    uri="kafka://shopnow",
    watchers=[
        AssetWatcher(
            name="kafka_news",
            trigger=KafkaNewsTrigger(min_interval_s=get_settings().ingest_min_interval_s),
        )
    ],
)

#: Published, checked events: what `publish_events` moved to the main branch.
CURATED = Asset(name="curated", uri=f"iceberg://{lake.CURATED_EVENTS.replace('.', '/')}")

#: The daily indicators, in the lake and in PostgreSQL.
MARTS = Asset(name="marts", uri=f"iceberg://{lake.CATALOG}/marts")
