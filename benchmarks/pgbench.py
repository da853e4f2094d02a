"""Runs PostgreSQL's own load generator, which comes with the embedded server."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from benchmarks.pgbench_script import Script
from ops.local_stack.postgres import binary
from shopnow.settings import Settings


def run_script(
    settings: Settings,
    script: Script,
    *,
    clients: int,
    transactions: int,
    variables: dict[str, str | int],
) -> float:
    """Run a script this many times in each client; return how often it ran per second.

    Statements are prepared once a session, as psycopg prepares what it sends repeatedly. Raises
    RuntimeError, with what pgbench says, if one of them fails.
    """
    constants = {name: text for text, name in script.constants.items()}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script.text)
        done = subprocess.run(
            [
                binary("pgbench"),
                *("-n", "-M", "prepared", "-f", str(file), "--max-tries=1"),
                *("-c", str(clients), "-j", "1", "-t", str(transactions)),
                *("-h", settings.postgres_host, "-p", str(settings.postgres_port)),
                *("-U", "shopnow", "-d", "shopnow"),
                *(f"-D{name}={value}" for name, value in (constants | variables).items()),
            ],
            env=os.environ | {"PGPASSWORD": settings.shop_db_password},
            capture_output=True,
            text=True,
            check=False,
        )
    speed = re.search(r"tps = ([0-9.]+) \(without initial", done.stdout)
    wanted = f"actually processed: {clients * transactions}/{clients * transactions}"
    if done.returncode != 0 or speed is None or wanted not in done.stdout:
        raise RuntimeError(f"pgbench failed: {done.stdout[-1500:]}\n{done.stderr[-3000:]}")
    return float(speed[1])
