"""Keeps a Spark stream running on YARN as a service, outside the Airflow workers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator, BaseOperatorLink
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from shopnow_airflow.hooks.spark_submit import SparkSubmission
from shopnow_airflow.hooks.yarn import (
    Application,
    ResourceManager,
    application_page,
    yarn_tag,
)
from shopnow_airflow.triggers.service import ServiceHealthTrigger

if TYPE_CHECKING:
    from airflow.sdk import Context
    from airflow.sdk.types import TaskInstanceKey

#: How long a killed application may take to end.
KILL_TIMEOUT_S = 60.0


class YarnApplicationLink(BaseOperatorLink):
    """A button to the page of the task's application in the ResourceManager's UI."""

    name = "YARN application"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:  # noqa: ARG002
        """The address; empty before there is an application."""
        return getattr(operator, "application_page", "")


class EnsureServiceRunning(BaseOperator):
    """Finds the service on YARN, or submits it; returns its application id without waiting.

    There is one application with the service's tag at a time. Needs a connection to YARN in
    cluster mode: a service in an Airflow worker would end with the worker.
    """

    operator_extra_links = (YarnApplicationLink(),)
    ui_color = "#d6eadf"

    def __init__(
        self,
        *,
        service: str,
        job: str,
        arguments: Sequence[str] = (),
        conf: dict[str, str] | None = None,
        conn_id: str = "spark_default",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.service = service
        self.job = job
        self.arguments = list(arguments)
        self.conf = conf or {}
        self.conn_id = conn_id
        self.application_page = ""
        self._submission: SparkSubmission | None = None

    def execute(self, context: Context) -> str:  # noqa: ARG002
        """The id of the service's application."""
        tag = yarn_tag("service", self.service)
        submission = SparkSubmission(
            self.job,
            arguments=self.arguments,
            conf={**self.conf, "spark.yarn.tags": tag},
            conn_id=self.conn_id,
            name=self.service,
        )
        self._submission = submission
        if not submission.on_yarn_cluster:
            raise AirflowFailException(
                f"The service {self.service} runs on YARN only. Give connection {self.conn_id} "
                "the master yarn and deploy-mode cluster, or start the job by hand."
            )
        resource_manager = submission.resource_manager()
        application_id = submit_once(submission, resource_manager, tag)
        self.application_page = application_page(resource_manager.url, application_id)
        self.log.info("%s runs as %s", self.service, self.application_page)
        return application_id

    def on_kill(self) -> None:
        """End spark-submit and, if YARN has it already, the application that it submitted."""
        if self._submission is not None:
            self._submission.on_kill()


class WatchService(BaseOperator):
    """Waits in the triggerer until the service is unhealthy, then kills it.

    Succeeds if the service was stopped cleanly, fails otherwise. An application that YARN still
    lists but that is unhealthy is killed first, so that two never run.
    """

    template_fields: Sequence[str] = ("application_id",)
    operator_extra_links = (YarnApplicationLink(),)
    ui_color = "#d6eadf"

    def __init__(
        self,
        *,
        service: str,
        application_id: str,
        limits: dict[str, Any] | None = None,
        conn_id: str = "spark_default",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.service = service
        self.application_id = application_id
        self.limits = limits
        self.conn_id = conn_id
        self.application_page = ""

    def execute(self, context: Context) -> None:  # noqa: ARG002
        """Hand over to the triggerer."""
        url = self._resource_manager().url
        self.application_page = application_page(url, self.application_id)
        self.defer(
            trigger=ServiceHealthTrigger(
                service=self.service,
                resource_manager_url=url,
                application_id=self.application_id,
                limits=self.limits,
            ),
            method_name="finish",
        )

    def finish(self, context: Context, event: dict[str, Any]) -> None:  # noqa: ARG002
        """The service is not healthy any more."""
        resource_manager = self._resource_manager()
        self.application_page = application_page(resource_manager.url, self.application_id)
        application = Application.from_dict(event["application"]) if event["application"] else None
        if application is not None and application.succeeded:
            self.log.info("%s was stopped cleanly", self.service)
            return
        if application is not None:
            self._end(resource_manager, application)
            self.log.error(
                "Log of the driver of %s\n%s",
                self.application_id,
                resource_manager.driver_log(application),
            )
        raise AirflowFailException(f"{self.service} must be restarted: {event['reason']}")

    def _end(self, resource_manager: ResourceManager, application: Application) -> None:
        if not application.is_active:
            return
        resource_manager.kill(application.application_id)
        give_up_at = time.monotonic() + KILL_TIMEOUT_S
        while time.monotonic() < give_up_at:
            now = resource_manager.application(application.application_id)
            if now is None or not now.is_active:
                return
            time.sleep(1.0)
        raise AirflowException(
            f"{application.application_id} is still {application.state}, {KILL_TIMEOUT_S:.0f} s "
            f"after it was killed. Look at {self.application_page}"
        )

    def _resource_manager(self) -> ResourceManager:
        return SparkSubmission(
            "", arguments=[], conf={}, conn_id=self.conn_id, name=self.service
        ).resource_manager()


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
