"""
### send_daily_report: yesterday's figures in the managers' mailbox

Every morning at 07:00 (time zone of the shop) one e-mail in the shop's language: indicators, a
chart, top products and stock-outs of the last complete business day. Start it with the
configuration `{"day": "2026-11-21"}` for another day.
"""

from __future__ import annotations

from datetime import datetime

from airflow.sdk import DAG, CronTriggerTimetable, Param, task
from shopnow_airflow.conventions import DEFAULT_ARGS, START_DATE, Tag
from shopnow_airflow.report_day import report_day

from shopnow.settings import get_settings

settings = get_settings()

with DAG(
    dag_id="send_daily_report",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("0 7 * * *", timezone=settings.timezone),
    start_date=START_DATE,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    params={
        "day": Param(
            None,
            type=["null", "string"],
            format="date",
            description="Business day, YYYY-MM-DD. Empty: the last complete one.",
        )
    },
    tags=[Tag.REPORTING, Tag.EMAIL],
):

    @task(doc_md="One e-mail to the addresses in `SHOPNOW_MANAGERS_EMAIL`.")
    def send_report(params: dict[str, str | None], dag_run: object) -> None:
        """Send the report of the day that the run is about."""
        from shopnow.report import send_daily_report

        run_after: datetime = dag_run.run_after  # type: ignore[attr-defined]
        day = report_day(params["day"], run_after, settings.timezone)
        send_daily_report(day, settings)

    send_report()
