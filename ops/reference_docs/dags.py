"""dags.md: every DAG, from the docstring of its file, which Airflow shows as its doc."""

import ast
import re

from ops.reference_docs.markdown import generated
from shopnow.settings import REPO_ROOT

_INTRO = """The docstring of each file in `dags/` is what Airflow shows as the DAG's documentation.
The files only wire: the work is in `spark_jobs`, `shopnow` and `plugins`, tested without Airflow.
"""


def dags_page() -> str:
    """The page as Markdown; files are parsed, not run. Raises `ValueError` without a docstring."""
    parts = [generated("DAGs", "the docstrings in dags/", _INTRO)]
    for path in sorted((REPO_ROOT / "dags").glob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text()))
        if not docstring:
            raise ValueError(f"{path} has no docstring")
        # Airflow's page has its own title above; here the DAG's heading is one of the page's.
        parts.append(re.sub(r"\A\s*#+ ", "## ", docstring) + "\n")
    return "\n".join(parts)
