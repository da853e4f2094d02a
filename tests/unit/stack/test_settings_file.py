"""The settings file: made once, completed by a version that needs more secrets."""

from pathlib import Path

import pytest

from shopnow.settings import SECRET_NAMES, add_missing_secrets, ensure_settings_file


def secrets(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_file_of_an_older_version_gets_what_it_lacks_and_keeps_what_it_has(
    tmp_path: Path, end: str
) -> None:
    path = ensure_settings_file(tmp_path)
    before = secrets(path)
    old = [line for line in path.read_text().splitlines() if "SHOP_ADMIN" not in line]
    path.write_text("\n".join(old) + end)
    add_missing_secrets(tmp_path)
    after = secrets(path)
    assert set(after) == {f"SHOPNOW_{name.upper()}" for name in SECRET_NAMES}
    assert after["SHOPNOW_SHOP_ADMIN_PASSWORD"] != before.pop("SHOPNOW_SHOP_ADMIN_PASSWORD")
    assert before.items() <= after.items()
    complete = path.read_text()
    add_missing_secrets(tmp_path)
    assert path.read_text() == complete
    assert path.stat().st_mode & 0o777 == 0o600
