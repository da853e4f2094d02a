"""Spark job for tests: run one SQL query on the lake and write its rows as JSON lines to a file."""

import argparse
import json
from pathlib import Path

from pyspark.sql import SparkSession

parser = argparse.ArgumentParser()
parser.add_argument("--sql", required=True)
parser.add_argument("--out", type=Path, required=True)
arguments = parser.parse_args()

spark = SparkSession.builder.appName("lake-query").getOrCreate()
rows = [json.loads(line) for line in spark.sql(arguments.sql).toJSON().collect()]
arguments.out.write_text(json.dumps(rows))
spark.stop()
