"""Runs one job of spark_jobs/ to its end, on YARN without holding a worker slot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator, BaseOperatorLink
from airflow.sdk.exceptions import AirflowException

from shopnow_airflow.hooks.spark_submit import SparkSubmission
from shopnow_airflow.hooks.yarn import (
    Application,
    ResourceManager,
    application_page,
    yarn_tag,
)
from shopnow_airflow.triggers.yarn import YarnApplicationTrigger

if TYPE_CHECKING:
    from airflow.sdk import Context
    from airflow.sdk.types import TaskInstanceKey


class YarnApplicationLink(BaseOperatorLink):
    """A button to the page of the task's application in the ResourceManager's UI."""

    name = "YARN application"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:  # noqa: ARG002
        """The address; empty before there is an application."""
        return getattr(operator, "application_page", "")


class SparkJobOperator(BaseOperator):
    """Runs `spark_jobs/<job>.py` and waits for its end.

    On YARN in cluster mode the application carries a tag made of DAG, task and run. A task that
    is tried again, because its worker died, finds the application by that tag and goes on waiting
    for it, rather than run the job twice. With any other master the job runs in the worker.

    Fails with YARN's diagnostics, and puts the end of the driver's log into the task's log.
    """

    template_fields: Sequence[str] = ("arguments",)
    operator_extra_links = (YarnApplicationLink(),)
    ui_color = "#fbe3d0"

    def __init__(
        self,
        *,
        job: str,
        arguments: Sequence[str] = (),
        conf: dict[str, str] | None = None,
        conn_id: str = "spark_default",
        poll_interval_s: float = 1.5,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.arguments = list(arguments)
        self.conf = conf or {}
        self.conn_id = conn_id
        self.poll_interval_s = poll_interval_s
        self.application_page = ""
        self._submission: SparkSubmission | None = None

    def execute(self, context: Context) -> str | None:
        """Submit the job, or find it running, and wait for it; returns its application id."""
        ti = context["ti"]
        tag = yarn_tag(ti.dag_id, ti.task_id, ti.run_id, str(ti.map_index))
        # Tries are Airflow's business: YARN's own would hide the first failure's log.
        conf = {**self.conf, "spark.yarn.tags": tag, "spark.yarn.maxAppAttempts": "1"}
        submission = SparkSubmission(
            self.job, arguments=self.arguments, conf=conf, conn_id=self.conn_id, name=self.job
        )
        self._submission = submission
        if not submission.on_yarn_cluster:
            submission.run()
            return None
        resource_manager = submission.resource_manager()
        application_id = submit_once(submission, resource_manager, tag)
        self.application_page = application_page(resource_manager.url, application_id)
        self.log.info("Following %s", self.application_page)
        self.defer(
            trigger=YarnApplicationTrigger(
                resource_manager_url=resource_manager.url,
                application_id=application_id,
                poll_interval_s=self.poll_interval_s,
            ),
            method_name="finish",
            kwargs={"resource_manager_url": resource_manager.url, "application_id": application_id},
            timeout=self.execution_timeout,
        )

    def finish(
        self,
        context: Context,  # noqa: ARG002
        event: dict[str, Any],
        *,
        resource_manager_url: str,
        application_id: str,
    ) -> str:
        """The application has ended: return its id, or fail with its diagnostics."""
        self.application_page = application_page(resource_manager_url, application_id)
        if event["application"] is None:
            raise AirflowException(f"Lost track of {application_id}: {event['error']}")
        application = Application.from_dict(event["application"])
        if not application.succeeded:
            self.log.error(
                "Log of the driver of %s\n%s",
                application_id,
                ResourceManager(resource_manager_url).driver_log(application),
            )
            raise AirflowException(
                f"{self.job} ended {application.final_status} on YARN as {application_id}. "
                f"{application.diagnostics.strip() or 'YARN gave no diagnostics.'} "
                f"See the driver's log above or {self.application_page}"
            )
        return application_id

    def on_kill(self) -> None:
        """End spark-submit and, if YARN has it already, the application."""
        if self._submission is not None:
            self._submission.on_kill()


def submit_once(submission: SparkSubmission, resource_manager: ResourceManager, tag: str) -> str:
    """The id of the one active application with `tag`, submitted now if there is none.

    The spark-submit of a worker that was killed may still be at work, so the question is asked
    again afterwards: of two, the older one stays.
    """
    running = resource_manager.claim(tag)
    if running is not None:
        submission.log.info("%s runs already: not submitted again", running.application_id)
        return running.application_id
    submission.run()
    oldest = resource_manager.claim(tag)
    if oldest is not None:
        return oldest.application_id
    if submission.application_id is None:
        raise AirflowException("spark-submit ended well but named no YARN application")
    return submission.application_id
