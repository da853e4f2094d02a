"""The targets of the Makefile run every test that there is, the frontend's too."""

import subprocess

import pytest

from shopnow.settings import REPO_ROOT


def commands_of(target: str) -> str:
    """What the target would run."""
    made = subprocess.run(
        ["make", "--dry-run", target], cwd=REPO_ROOT, capture_output=True, text=True, check=True
    )
    return made.stdout


@pytest.mark.parametrize("target", ["test", "test-fast"])
def test_the_tests_of_the_frontend_belong_to_the_target(target):
    """A failure of one of them fails the target: Make stops at the first command that fails."""
    lines = commands_of(target).splitlines()
    assert any(
        line.endswith("ops/bootstrap/npm.py webshop/frontend run --silent test") for line in lines
    )


def test_lint_checks_the_frontend():
    commands = commands_of("lint")
    assert "webshop/frontend run lint" in commands
    assert "webshop/frontend run typecheck" in commands
