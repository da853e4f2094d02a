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
    return _python(
        *("-m", "gunicorn", "--bind", f"{settings.host}:{settings.port('shop')}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "16"),
        *("--graceful-timeout", "10", "--timeout", "60", "--access-logfile", "-"),
        # No query strings in the log: an order's link holds its token.
        *("--access-logformat", "%(h)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"),
        "--no-control-socket",  # it would be one file in the home folder for all stacks
        "webshop.app:create_app()",
    )


def relay_command(_settings: Settings) -> list[str]:
    """The outbox relay."""
    return _python("-m", "webshop.relay")


def mailer_command(_settings: Settings) -> list[str]:
    """The sender of the shop's mails."""
    return _python("-m", "webshop.mailer")


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
