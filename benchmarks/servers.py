"""The shop's web application under a server of the bench's own, beside the stack's."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from benchmarks.running import free_port
from ops.local_stack.configuration import process_environment
from ops.local_stack.shop import server_command
from shopnow.settings import Settings

Address = tuple[str, int]
Command = Callable[[Settings, int], list[str]]


def granian(settings: Settings, port: int) -> list[str]:
    """The stack's own command line, on another port."""
    command = server_command(settings)
    if "granian" not in command:
        raise RuntimeError(f"the shop is not started by granian any more: {command}")
    command[command.index("--port") + 1] = str(port)
    return command


def gunicorn(settings: Settings, port: int) -> list[str]:
    """gunicorn with as many processes and threads as granian has, and its access log on too."""
    return [
        *(sys.executable, "-m", "gunicorn", "--bind", f"{settings.host}:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
        *("--access-logfile", "-", "--no-control-socket", "webshop.app:create_app()"),
    ]


SERVERS: dict[str, Command] = {"gunicorn": gunicorn, "granian": granian}


@contextmanager
def served(settings: Settings, command: Command) -> Iterator[Address]:
    """The shop at a free port without rate limits, on the stack's database; ended afterwards."""
    port = free_port(settings.host)
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command(settings, port),
            env=os.environ | process_environment(settings) | {"SHOPNOW_RATE_LIMITS": "false"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            if not _answers(process, f"http://{settings.host}:{port}/api/v1/health/ready"):
                log.seek(0)
                raise RuntimeError(f"the server did not start:\n{log.read()[-2000:]}")
            yield settings.host, port
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                return True
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    return False
