"""Spark job for tests: run named SQL queries on the lake, write {name: rows} as JSON to a file."""

import argparse
import json
from pathlib import Path

from pyspark.sql import SparkSession

parser = argparse.ArgumentParser()
parser.add_argument("--sql", required=True, type=json.loads, help="JSON object: name to SQL")
parser.add_argument("--out", type=Path, required=True)
arguments = parser.parse_args()

spark = SparkSession.builder.appName("lake-query").getOrCreate()
rows = {
    name: [json.loads(line) for line in spark.sql(statement).toJSON().collect()]
    for name, statement in arguments.sql.items()
}
arguments.out.write_text(json.dumps(rows))
spark.stop()
