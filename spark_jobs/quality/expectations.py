"""The Great Expectations project as the gate uses it: suites, and running one on a DataFrame.

What a contract says becomes expectations here; business rules are files in
great_expectations/expectations. See the README there.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, DecimalType

from shopnow.contracts import EventType
from shopnow.settings import REPO_ROOT
from spark_jobs.contracts.schema import json_type, landed_event_types, merged_schema, payload_type

PROJECT = REPO_ROOT / "great_expectations"
ENVELOPE_COLUMNS = ("event_id", "event_type", "occurred_at", "business_date", "source")

Expectation = dict[str, Any]


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one expectation, in words for the person on call."""

    suite: str
    check: str
    severity: str
    success: bool
    observed: str


def suite_names() -> list[str]:
    """Every suite: one an event type, then those that have files of their own."""
    files = {path.stem for path in (PROJECT / "expectations").glob("*.json")}
    return sorted(set(landed_event_types()) | files)


def suite_expectations(name: str) -> list[Expectation]:
    """The expectations of a suite: from the contract, then from its file."""
    kind = landed_event_types().get(name)
    derived = contract_expectations(kind) if kind else []
    if name == "all_events":
        derived = _envelope_expectations()
    return derived + list(_written(name).get("expectations", []))


def with_derived_columns(name: str, rows: DataFrame) -> DataFrame:
    """The rows with the columns that the suite's file derives, as Spark SQL, from theirs."""
    columns = _written(name).get("columns", {})
    return rows.select(
        "*", *[F.expr(expression).alias(column) for column, expression in columns.items()]
    )


def _written(name: str) -> dict[str, Any]:
    path = PROJECT / "expectations" / f"{name}.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _critical(kind: str, **kwargs: Any) -> Expectation:
    return {"type": kind, "severity": "critical", "kwargs": kwargs}


def _envelope_expectations() -> list[Expectation]:
    present = [
        _critical("expect_column_values_to_not_be_null", column=column)
        for column in ENVELOPE_COLUMNS
    ]
    known = _critical(
        "expect_column_values_to_be_in_set",
        column="event_type",
        value_set=list(landed_event_types()),
    )
    return [*present, known]


def contract_expectations(kind: EventType) -> list[Expectation]:
    """What all versions of a contract say of each field.

    Required, enumeration, range, money not negative.
    """
    types, schema_of_all = payload_type(kind), merged_schema(kind.name)
    required = set(schema_of_all.get("required", []))
    found = []
    for name, schema in schema_of_all["properties"].items():
        _, nullable = json_type(schema)
        if name in required and not nullable:
            found.append(_critical("expect_column_values_to_not_be_null", column=name))
        if isinstance(types[name].dataType, ArrayType):
            continue
        if "enum" in schema:
            choices = [choice for choice in schema["enum"] if choice is not None]
            found.append(
                _critical("expect_column_values_to_be_in_set", column=name, value_set=choices)
            )
        if "minimum" in schema or "maximum" in schema:
            limits = {"min_value": schema.get("minimum"), "max_value": schema.get("maximum")}
            found.append(_critical("expect_column_values_to_be_between", column=name, **limits))
        elif (
            isinstance(types[name].dataType, DecimalType)
            and "-" not in schema.get("pattern", "-")[:3]
        ):
            found.append(_critical("expect_column_values_to_be_between", column=name, min_value=0))
    return found


class ExpectationsProject:
    """The project with its two folders; results and Data Docs are written there, and only there.

    The newest `kept` results are kept; their pages are the Data Docs.
    """

    def __init__(self, data_docs: Path, results: Path, kept: int) -> None:
        # Read when the library is imported. The lake's data concerns nobody else.
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import yaml  # type: ignore[import-untyped]
        from great_expectations.data_context.types.base import DataContextConfig

        import great_expectations as gx

        config = yaml.safe_load((PROJECT / "great_expectations.yml").read_text())
        self._gx, self._kept = gx, kept
        self._site, self._results = data_docs, results
        self.context = gx.get_context(
            mode="ephemeral",
            project_config=DataContextConfig(**config),
            runtime_environment={"DATA_DOCS": str(data_docs), "VALIDATION_RESULTS": str(results)},
        )
        self.context.variables.progress_bars = {"globally": False}
        self._rows = self.context.data_sources.add_spark("audit_branch", persist=False)

    def run(self, name: str, rows: DataFrame, run_name: str) -> list[CheckResult]:
        """Check the rows with the suite of that name; the result is kept for the Data Docs."""
        from great_expectations.core.run_identifier import RunIdentifier
        from great_expectations.expectations.expectation_configuration import (
            ExpectationConfiguration,
        )

        gx = self._gx
        suite = self.context.suites.add(
            gx.ExpectationSuite(
                name=name,
                expectations=[
                    ExpectationConfiguration(**declared).to_domain_obj()
                    for declared in suite_expectations(name)
                ],
            )
        )
        asset = self._rows.add_dataframe_asset(name)
        definition = self.context.validation_definitions.add(
            gx.ValidationDefinition(
                name=name, data=asset.add_batch_definition_whole_dataframe("rows"), suite=suite
            )
        )
        parameters = {"dataframe": with_derived_columns(name, rows)}
        run_id = RunIdentifier(run_name=run_name)
        # Examples cost a Spark job an expectation: they are looked for where something failed.
        result = definition.run(
            batch_parameters=parameters, result_format="BOOLEAN_ONLY", run_id=run_id
        )
        if not result.success:
            result = definition.run(
                batch_parameters=parameters, result_format="SUMMARY", run_id=run_id
            )
        return [_check_result(name, outcome) for outcome in result.results]

    def build_data_docs(self) -> Path:
        """Remove old results, write the static site of the others; return its first page.

        Great Expectations removes the pages of results that are gone.
        """
        from spark_jobs.quality.data_docs import copy_assets, remove_empty_folders

        store = self.context.validation_results_store
        results = sorted(store.list_keys(), key=lambda key: key.run_id.run_time, reverse=True)
        for old in results[self._kept :]:
            store.remove_key(old)
        copy_assets(self._site)
        pages = self.context.build_data_docs()
        for root in (self._results, self._site):
            remove_empty_folders(root)
        return Path(next(iter(pages.values())).removeprefix("file://"))


def _check_result(suite: str, outcome: Any) -> CheckResult:
    config = outcome.expectation_config
    description = config.description
    if not description:
        column = config.kwargs.get("column", "")
        description = (
            f"{column}: {config.type.removeprefix('expect_column_values_').replace('_', ' ')}"
        )
    observed = outcome.result or {}
    count = observed.get("unexpected_count", observed.get("observed_value"))
    examples = observed.get("partial_unexpected_list") or []
    words = f"{count} rows" if count is not None else _exception(outcome.exception_info)
    if examples:
        words += f", for example {examples[0]!r}"
    return CheckResult(suite, description, str(config.severity.value), bool(outcome.success), words)


def _exception(info: Any) -> str:
    """The message of an exception that stopped a check, without the stack that it comes with."""
    if isinstance(info, dict):
        if info.get("exception_message"):
            return str(info["exception_message"]).partition("\n")[0][:300]
        found = [_exception(inner) for inner in info.values() if isinstance(inner, dict)]
        return found[0] if found else ""
    return ""
