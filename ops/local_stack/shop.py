"""The shop's processes as the stack runs them. By name: this package does not import the shop."""

import subprocess

from ops.local_stack.configuration import process_environment
from ops.local_stack.errors import StackError
from ops.local_stack.layout import VENV_BIN
from shopnow.settings import Settings


def _python(*arguments: str) -> list[str]:
    return [str(VENV_BIN / "python"), *arguments]


def server_command(settings: Settings) -> list[str]:
    """granian: two processes, for one Python process keeps one core busy at most."""
    return _granian(settings, "shop", "webshop.app:serve", workers=2, threads=8)


def gateway_command(settings: Settings) -> list[str]:
    """The sandbox payment gateway: one process, which sends its webhooks too."""
    return _granian(settings, "gateway", "webshop.sandbox_gateway.app:serve", workers=1, threads=8)


def _granian(
    settings: Settings, port: str, factory: str, *, workers: int, threads: int
) -> list[str]:
    return _python(
        *("-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", settings.host, "--port", str(settings.port(port))),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        # Calls in progress may finish before the supervisor kills the process.
        *("--workers-kill-timeout", "10s", "--access-log"),
        # No query strings in the log: an order's link holds its token.
        *("--access-log-fmt", "%(addr)s %(method)s %(path)s %(status)d %(dt_ms).0f ms"),
        *("--factory", factory),
    )


def relay_command(_settings: Settings) -> list[str]:
    """The outbox relay."""
    return _python("-m", "webshop.workers.relay")


def mailer_command(_settings: Settings) -> list[str]:
    """The sender of the shop's mails."""
    return _python("-m", "webshop.workers.mailer")


def alerts_command(_settings: Settings) -> list[str]:
    """The consumer that writes stock alerts into the shop's table."""
    return _python("-m", "webshop.workers.alerts_consumer")


def migrate(settings: Settings) -> None:
    """Bring all schemas to their newest revision, and its own range onto the shelves."""
    for module in ("shopnow.database.migrate", "webshop.migrate", "webshop.seed"):
        result = subprocess.run(
            _python("-m", module),
            env=process_environment(settings),
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise StackError(f"{module} failed on the shop's database: {result.stderr[-1500:]}")
