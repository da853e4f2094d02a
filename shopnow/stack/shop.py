"""The shop's processes as the stack runs them. By name: this package does not import the shop."""

import subprocess

from shopnow.settings import Settings
from shopnow.stack.configuration import process_environment
from shopnow.stack.errors import StackError
from shopnow.stack.layout import VENV_BIN


def _python(*arguments: str) -> list[str]:
    return [str(VENV_BIN / "python"), *arguments]


def server_command(settings: Settings) -> list[str]:
    """gunicorn: one process, for the producer and the pools in it are shared by its threads."""
    return _gunicorn(settings, "shop", "webshop.app:create_app()", threads=16)


def gateway_command(settings: Settings) -> list[str]:
    """The sandbox payment gateway."""
    return _gunicorn(settings, "gateway", "webshop.sandbox_gateway.app:serve()", threads=8)


def _gunicorn(settings: Settings, port: str, application: str, *, threads: int) -> list[str]:
    return _python(
        *("-m", "gunicorn", "--bind", f"{settings.host}:{settings.port(port)}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
        *("--graceful-timeout", "10", "--timeout", "60", "--access-logfile", "-"),
        # No query strings in the log: an order's link holds its token.
        *("--access-logformat", "%(h)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"),
        "--no-control-socket",  # it would be one file in the home folder for all stacks
        application,
    )


def relay_command(_settings: Settings) -> list[str]:
    """The outbox relay."""
    return _python("-m", "webshop.relay")


def alerts_command(_settings: Settings) -> list[str]:
    """The consumer that writes stock alerts into the shop's table."""
    return _python("-m", "webshop.alerts_consumer")


def migrate(settings: Settings) -> None:
    """Bring the shop's schemas to the newest revision, and its own range onto the shelves."""
    for module in ("webshop.migrate", "webshop.seed"):
        result = subprocess.run(
            _python("-m", module),
            env=process_environment(settings),
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise StackError(f"{module} failed on the shop's database: {result.stderr[-1500:]}")
