"""Runs a Spark job of spark_jobs/ with the platform's settings: on YARN, or in this machine."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from shopnow.settings import REPO_ROOT, Settings, get_settings


def environment(settings: Settings | None = None) -> dict[str, str]:
    """The environment in which `spark-submit` finds Spark, HDFS, YARN and spark-defaults.conf."""
    from ops.local_stack.configuration import process_environment
    from ops.local_stack.layout import STACK_MARKER

    settings = settings or get_settings()
    ours = process_environment(settings)
    if STACK_MARKER not in os.environ:
        # A job that a person starts is that person's process, not one of the stack.
        del ours[STACK_MARKER]
    return {**os.environ, **ours}


def command(
    job: str, *args: str, settings: Settings, master: str | None = None, wait: bool = True
) -> list[str]:
    """The spark-submit command line of a job; no secret is on it.

    `job` is the name of a file in spark_jobs/ without its ending, or a path to a Python file.
    """
    path = Path(job) if job.endswith(".py") else REPO_ROOT / "spark_jobs" / f"{job}.py"
    if not path.is_file():
        raise FileNotFoundError(f"There is no Spark job {path}")
    master = master or settings.spark_master
    mode = "cluster" if master == "yarn" else "client"
    return [
        "spark-submit",
        *("--master", master, "--deploy-mode", mode, "--name", path.stem),
        *("--conf", f"spark.yarn.submit.waitAppCompletion={str(wait).lower()}"),
        str(path),
        *args,
    ]


def submit(
    job: str,
    *args: str,
    master: str | None = None,
    wait: bool = True,
    env: Mapping[str, str] | None = None,
    capture: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run a job and return how spark-submit ended; `capture` keeps its output as text.

    `master` is "yarn" (cluster mode) or "local[n]" and defaults to the setting. With `wait` off,
    a job on YARN is left running. `env` adds to the environment of the driver on "local[n]".
    """
    settings = get_settings()
    surroundings = environment(settings) | dict(env or {})
    arguments = command(job, *args, settings=settings, master=master, wait=wait)
    arguments[0] = str(Path(surroundings["SPARK_HOME"]) / "bin" / arguments[0])
    return subprocess.run(
        arguments,
        env=surroundings,
        text=True,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.STDOUT if capture else None,
        check=False,
    )


def run_on_this_machine(job: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a job on two threads of this machine, not on YARN, and keep what it prints."""
    return submit(job, *args, master="local[2]", capture=True)
