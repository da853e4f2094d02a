"""One small local Spark for all tests of jobs and transforms, with an Iceberg catalog in memory.

A fixture for the conftest.py of a folder that needs it.
"""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from shopnow.settings import REPO_ROOT

# What Spark starts for functions in Python: ours, not the first python3 on the path.
os.environ["PYSPARK_PYTHON"] = sys.executable
JARS = REPO_ROOT / ".jars" / "spark-extra"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Spark on two threads; catalog `lake` is Iceberg in memory, empty."""
    jars = sorted(JARS.glob("*.jar"))
    if not jars:
        pytest.fail(f"no jars in {JARS}: run `make setup` first")
    home: Path = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.local.dir", str(home / "spills"))
        .config(  # the stack as docker/conf/spark has it
            "spark.driver.extraJavaOptions",
            "-Xss4m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m"
            f" -Djava.io.tmpdir={home}",
        )
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", str(home / "spark-warehouse"))
        .config("spark.jars", ",".join(map(str, jars)))
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        )
        .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
        .config(  # it has views, as the stack's catalog has
            "spark.sql.catalog.lake.catalog-impl", "org.apache.iceberg.inmemory.InMemoryCatalog"
        )
        .config("spark.sql.catalog.lake.warehouse", f"file://{home}/lake")
        .config("spark.sql.catalog.lake.cache-enabled", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    # It tells of every object that it lets go, even when pytest has closed the log.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    yield session
    session.stop()


@pytest.fixture(scope="session")
def lake_on_disk(spark: SparkSession) -> SparkSession:
    """A session of the same Spark whose catalog `lake` has its files on the local disk."""
    session = spark.newSession()
    session.conf.set(
        "spark.sql.catalog.lake.catalog-impl", "org.apache.iceberg.hadoop.HadoopCatalog"
    )
    return session
