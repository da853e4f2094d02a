"""What import-linter cannot see: folders that are no packages, and the shape of the tree."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopnow.settings import REPO_ROOT

#: The tree of the design; a folder that is not here needs a place in docs/architecture.md first.
TOP_LEVEL = {
    "benchmarks",
    "dags",
    "docker",
    "docs",
    "great_expectations",
    "ops",
    "plugins",
    "reporting",
    "shopnow",
    "spark_jobs",
    "tests",
    "webshop",
}
PLUGIN_MODULES = {path.stem for path in (REPO_ROOT / "plugins").iterdir() if path.is_dir()} | {
    path.stem for path in (REPO_ROOT / "plugins").glob("*.py")
}
DAG_MODULES = {path.stem for path in (REPO_ROOT / "dags").glob("*.py")}


def imported_roots(path: Path) -> Iterator[tuple[int, str]]:
    """Line and first part of every absolute import in a file, also within functions."""
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.split(".")[0]


def airflow_files() -> list[Path]:
    return sorted([*(REPO_ROOT / "dags").rglob("*.py"), *(REPO_ROOT / "plugins").rglob("*.py")])


@pytest.mark.parametrize("path", airflow_files(), ids=lambda path: str(path.relative_to(REPO_ROOT)))
def test_dags_and_plugins_import_no_shop_and_nothing_that_runs_the_platform(path):
    """A task calls the jobs as functions of its session; the shop is no business of theirs."""
    ours = {"reporting", "shopnow", "spark_jobs"}
    allowed = {"airflow", "pyspark", *ours, *PLUGIN_MODULES, *sys.stdlib_module_names}
    in_plugins = path.is_relative_to(REPO_ROOT / "plugins")
    allowed |= {"httpx"} if in_plugins else DAG_MODULES
    strange = [f"line {line}: {root}" for line, root in imported_roots(path) if root not in allowed]
    assert strange == []


def test_the_checks_folder_does_not_shadow_the_library():
    """With an `__init__.py`, `import great_expectations` in the checkout would be this folder."""
    assert not (REPO_ROOT / "great_expectations" / "__init__.py").exists()


def test_airflow_does_not_run_the_plugins_packages_as_plugin_files():
    """Airflow runs every .py under plugins/ under its bare stem unless it is in .airflowignore."""
    ignored = (REPO_ROOT / "plugins" / ".airflowignore").read_text().split()
    packages = {path.parent.name for path in (REPO_ROOT / "plugins").glob("*/__init__.py")}
    assert packages <= {line.strip("/^$*.") for line in ignored}


def test_the_top_level_is_the_one_of_the_design():
    generated = {line.strip("/") for line in (REPO_ROOT / ".gitignore").read_text().split()}
    found = {
        path.name
        for path in REPO_ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name not in generated
    }
    assert found - TOP_LEVEL == set()


def test_file_names_say_what_is_in_them():
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    folders = (
        *("shopnow", "webshop", "spark_jobs", "reporting", "ops"),
        *("dags", "plugins", "tests", "benchmarks"),
    )
    files = (path for name in folders for path in (REPO_ROOT / name).rglob("*.py"))
    found = [path for path in files if path.stem in vague and "node_modules" not in path.parts]
    assert found == []
