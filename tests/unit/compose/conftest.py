"""docker-compose.yaml as data, and its nodes rendered by the real renderer."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ops.local_stack.container import prepare_node
from shopnow.settings import REPO_ROOT, Settings, get_settings


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    """The file, with its merge keys resolved."""
    return yaml.safe_load((REPO_ROOT / "docker-compose.yaml").read_text())


@pytest.fixture
def render(
    compose: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Settings]]:
    """What a container does before it becomes its server: `render("kafka-2")` -> its settings."""

    def render(container: str) -> Settings:
        for name in Settings.model_fields:
            monkeypatch.delenv(f"SHOPNOW_{name.upper()}", raising=False)
        for name, value in compose["services"][container]["environment"].items():
            if value is not None:
                monkeypatch.setenv(name, re.sub(r"\$\{(\w+):\?[^}]*\}", r"secret-of-\1", value))
        monkeypatch.setenv("SHOPNOW_HOME", str(tmp_path / container))
        get_settings.cache_clear()
        settings = get_settings()
        prepare_node(settings)
        return settings

    yield render
    get_settings.cache_clear()
