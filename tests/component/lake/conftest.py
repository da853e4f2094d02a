"""Local Spark beside the PostgreSQL: the jobs between the lake and the indicators' tables."""

import sys

from shopnow.settings import REPO_ROOT

sys.path.insert(0, str(REPO_ROOT / "tests" / "unit" / "spark_jobs"))

from tests.support.spark_session import spark

__all__ = ["spark"]
