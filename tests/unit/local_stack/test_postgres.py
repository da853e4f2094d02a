"""A real PostgreSQL below a folder that only its owner may enter, as a checkout in /root is."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ops.local_stack import postgres, probes
from ops.local_stack.configuration import render_all
from ops.local_stack.layout import Layout
from shopnow.ports import BASE_PORTS
from shopnow.settings import Settings, ensure_settings_file

#: Starts its own server.
pytestmark = pytest.mark.slow

OFFSET = 21_000


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "home"
    for name in BASE_PORTS:
        monkeypatch.delenv(f"SHOPNOW_{name.upper()}", raising=False)
    found = Settings(
        _env_file=ensure_settings_file(home),  # type: ignore[call-arg]
        home=home,
        port_offset=OFFSET,
    )
    Layout(home).create()
    render_all(found)
    return found


@pytest.fixture
def server(settings: Settings) -> Iterator[Settings]:
    postgres.create_cluster(settings)
    process = subprocess.Popen(postgres.server_command(settings), cwd="/")
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                probes.postgres(settings)
                break
            except psycopg.OperationalError:
                assert process.poll() is None, "it died"
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield settings
    finally:
        process.send_signal(2)
        process.wait(60)


def test_roles_see_their_own_database_only_and_by_password(server: Settings) -> None:
    postgres.create_databases(server)
    postgres.create_databases(server)  # safe to repeat
    with psycopg.connect(server.shop_pg_dsn) as connection:
        schemas = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname IN ('shop', 'kpi')"
        ).fetchall()
        checksums = connection.execute("SHOW data_checksums").fetchone()
        assert {name for (name,) in schemas} == {"shop", "kpi"}
        assert checksums == ("on",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.shop_pg_dsn.replace(server.shop_db_password, "guess"))
    with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
        psycopg.connect(server.shop_pg_dsn.removesuffix("shopnow") + "airflow")


def test_an_interrupted_initdb_is_done_again(settings: Settings) -> None:
    partial = Layout(settings.home).data / "postgres.partial"
    partial.mkdir()
    (partial / "half").write_text("")
    postgres.create_cluster(settings)
    assert (Layout(settings.home).data / "postgres" / "PG_VERSION").exists()
    assert not partial.exists()
