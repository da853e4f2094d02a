"""Submits a Spark job with the provider's hook; the connection says where it runs."""

from __future__ import annotations

from airflow.providers.apache.spark.hooks.spark_submit import SparkSubmitHook

from shopnow.settings import REPO_ROOT
from shopnow_airflow.hooks.yarn import ResourceManager


class SparkSubmission(SparkSubmitHook):
    """The provider's hook, with public names for the parts that our operators use.

    In cluster mode on YARN `submit` returns once YARN has the application, whose id is then
    `application_id`; elsewhere the driver is a child of this process, its output goes to the
    task's log, and `submit` returns at its end. Raises `AirflowException` with the last lines of
    output when spark-submit fails.
    """

    def __init__(
        self,
        job: str,
        *,
        arguments: list[str],
        conf: dict[str, str],
        conn_id: str,
        name: str,
    ) -> None:
        super().__init__(
            conf=dict(conf), conn_id=conn_id, application_args=list(arguments), name=name
        )
        self.job = job
        self._yarn_track_via_rm_api = self._is_yarn_cluster_mode

    @property
    def on_yarn_cluster(self) -> bool:
        """Whether the driver runs on YARN, apart from this process."""
        return bool(self._is_yarn_cluster_mode)

    @property
    def application_id(self) -> str | None:
        """The id that YARN gave, None before."""
        return self._yarn_application_id

    def resource_manager(self) -> ResourceManager:
        """The ResourceManager of the connection (extra `yarn_resourcemanager_webapp_address`)."""
        return ResourceManager(self._get_yarn_rm_base_url())

    def run(self) -> None:
        """Submit the file spark_jobs/<job>.py."""
        application = REPO_ROOT / "spark_jobs" / f"{self.job}.py"
        if not application.is_file():
            raise FileNotFoundError(f"There is no Spark job {application}")
        try:
            self.submit(str(application))
        finally:
            # The provider reads the output of spark-submit to its end and leaves the pipe open.
            if self._submit_sp is not None:
                self._submit_sp.stdout.close()
