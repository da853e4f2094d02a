"""A second version of a contract: events of both, each by its own rules, from shop to stream."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shopnow.settings import REPO_ROOT
from tests.support.event_messages import ID, event, payload_of

pytestmark = pytest.mark.slow


def with_a_second_version(folder: Path) -> None:
    """A copy of `shopnow` whose stock_changed has a version 2, with a required warehouse."""
    shutil.copytree(REPO_ROOT / "shopnow", folder / "shopnow")
    contract = folder / "shopnow" / "contracts" / "stock_changed"
    schema = json.loads((contract / "v1.schema.json").read_text())
    schema["properties"]["warehouse"] = {"type": "string", "description": "Where it is."}
    schema["required"].append("warehouse")
    (contract / "v2.schema.json").write_text(json.dumps(schema))


def changed(number: int, version: int, **payload: Any) -> dict[str, Any]:
    sold_out = payload_of("stock_changed") | {"available_before": 3, "available_after": 0}
    return event(
        "stock_changed",
        {**sold_out, **payload},
        event_id=ID.format(number),
        schema_version=version,
    )


def test_events_of_both_versions_keep_their_own_contract_everywhere(tmp_path: Path) -> None:
    with_a_second_version(tmp_path)
    events = [
        changed(1, 1),
        changed(2, 2, warehouse="Lyon"),
        changed(3, 1, warehouse="Lyon"),  # version 1 knows no warehouse
        changed(4, 2),  # version 2 wants one
        changed(5, 3),
    ]
    done = subprocess.run(
        [sys.executable, str(REPO_ROOT / "tests/support/two_versions.py")],
        input=json.dumps(events),
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{REPO_ROOT}"},
        cwd=tmp_path,  # where the workers of Spark look first
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])

    assert found["shop"] == [True, True, False, False, False]
    reasons = [reason for reason, _, _ in found["lake"]]
    assert reasons == [None, None, *["contract_violation"] * 3]
    (_, first, old), (_, second, new), *_ = found["lake"]
    assert (first, second) == (1, 2)
    assert "warehouse" not in json.loads(old)
    assert json.loads(new)["warehouse"] == "Lyon"
    assert json.loads(old)["sku"] == json.loads(new)["sku"]
    assert found["alerts"] == 4, "the stream takes every version that there is"
    assert "warehouse" not in found["required"], "the lake holds events of both"
