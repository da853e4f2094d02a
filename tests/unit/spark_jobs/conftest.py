"""Spark, and the modules that the tests here share; importlib mode puts no folder on the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from tests.support.spark_session import spark

__all__ = ["spark"]
