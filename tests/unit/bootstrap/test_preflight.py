"""What the machine is checked for, and that each problem says what to do."""

import ast
import os
import socket
from pathlib import Path

import pytest

from ops.bootstrap import preflight
from shopnow.ports import BASE_PORTS
from shopnow.settings import REPO_ROOT

OLD_PYTHON_FILES = (
    "ops/bootstrap/bootstrap.py",
    "ops/bootstrap/steps.py",
    "ops/bootstrap/npm.py",
    "shopnow/ports.py",
    "ops/bootstrap/preflight.py",
    "ops/bootstrap/node.py",
)


@pytest.mark.parametrize("name", OLD_PYTHON_FILES)
def test_the_set_up_can_be_read_by_an_old_python(name: str) -> None:
    tree = ast.parse((REPO_ROOT / name).read_text(), feature_version=(3, 8))
    imports = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "__future__" in imports


def test_a_taken_port_names_the_service_the_process_and_the_way_out() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        offset = holder.getsockname()[1] - BASE_PORTS["kafka"]
        checks = preflight.check_ports(offset, ["kafka"])
    problem = next(check.problem for check in checks if check.problem)
    assert "kafka" in problem
    assert f"process {os.getpid()}" in problem
    assert "SHOPNOW_PORT_OFFSET" in problem


def test_a_missing_java_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "find_java_home", lambda: None)
    monkeypatch.setattr(preflight.shutil, "which", lambda _name: None)
    problem = preflight.check_java().problem
    assert problem is not None
    assert "Java 17" in problem
    assert "JAVA_HOME" in problem


def test_too_little_memory_and_disk_say_how_much(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(preflight, "available_memory_gib", lambda: 3.2)
    assert "3.2 GiB are available" in str(preflight.check_memory().problem)
    monkeypatch.setattr(preflight, "NEEDED_DISK_GIB", 10**9)
    assert "SHOPNOW_HOME" in str(preflight.check_disk(tmp_path / "not" / "there").problem)
