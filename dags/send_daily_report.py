"""
### send_daily_report: yesterday's figures in the managers' mailbox

Every morning at 07:00 (time zone of the shop) one e-mail in the shop's language: indicators, a
chart, top products and stock-outs of the last complete business day. Start it with the
configuration `{"day": "2026-11-21"}` for another day. A run sends its e-mail once, however often
it is tried (`ops.sent_mail`); another run for the same day sends it again. Each report is also a
file below `SHOPNOW_HOME/reports`.
"""

from __future__ import annotations

from airflow.sdk import DAG, CronTriggerTimetable, Param, get_current_context, task
from shopnow_airflow.defaults import DEFAULT_ARGS, Tag
from shopnow_airflow.report_day import report_day

from shopnow.settings import get_settings

settings = get_settings()

with DAG(
    dag_id="send_daily_report",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("0 7 * * *", timezone=settings.timezone),
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
    def send_report() -> str:
        """Send the report of the day that the run is about, once; returns the day."""
        from reporting.daily_report.delivery import deliver

        context = get_current_context()
        run = context["dag_run"]
        day = report_day(context["params"]["day"], run.run_after, settings.timezone)
        deliver(day, run.run_id, settings)
        return day.isoformat()

    send_report()
