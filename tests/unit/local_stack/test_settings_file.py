"""The settings file: made once, completed where a person began it, never written over."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shopnow.settings import SECRET_NAMES, Settings, ensure_settings_file, settings_file


def values(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_the_first_start_generates_every_secret_and_later_ones_keep_them(tmp_path: Path) -> None:
    path = ensure_settings_file(tmp_path / "home")
    assert set(values(path)) == {f"SHOPNOW_{name.upper()}" for name in SECRET_NAMES}
    assert len(set(values(path).values())) == len(SECRET_NAMES)
    assert path.stat().st_mode & 0o777 == 0o600
    made = path.read_text()
    assert ensure_settings_file(tmp_path / "home").read_text() == made


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_file_that_a_person_began_is_completed(tmp_path: Path, end: str) -> None:
    own = "# mine\nSHOPNOW_LANGUAGE=en\nSHOPNOW_SECRET_KEY=chosen"
    settings_file(tmp_path).write_text(own + end)
    path = ensure_settings_file(tmp_path)
    assert path.read_text().startswith(own + "\n")
    settings = Settings(_env_file=path)  # type: ignore[call-arg]
    assert (settings.language, settings.secret_key) == ("en", "chosen")
    assert all(getattr(settings, name) for name in SECRET_NAMES)


def test_starts_at_the_same_time_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(ensure_settings_file, [tmp_path] * 8))
    assert len(values(paths[0])) == len(SECRET_NAMES)
    assert paths[0].read_text().count("SHOPNOW_SECRET_KEY=") == 1
