"""The assets by which one DAG starts another."""

from __future__ import annotations

from airflow.sdk import Asset

from shopnow import lake

#: Published, checked events: what `publish_events` moved to the main branch.
CURATED = Asset(name="curated", uri=f"iceberg://{lake.CURATED_EVENTS.replace('.', '/')}")

#: The daily indicators, in the lake and in PostgreSQL.
MARTS = Asset(name="marts", uri=f"iceberg://{lake.CATALOG}/marts")
