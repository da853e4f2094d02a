"""The mail catcher: a real SMTP server that shows what it got in a web inbox and sends nothing."""

from pathlib import Path

from ops.bootstrap.node import find_node
from ops.local_stack.errors import StackError
from ops.local_stack.layout import Layout
from shopnow.settings import REPO_ROOT, Settings

PACKAGE = REPO_ROOT / "docker" / "maildev"
#: The newest mails; with all of them, some thousand orders would fill its memory.
KEPT = 1_000


def server_command(settings: Settings) -> list[str]:
    """The command line of maildev; the newest mails survive a restart."""
    node = find_node()
    if node is None:
        raise StackError("Node.js is missing. Run: make setup")
    script: Path = PACKAGE / "node_modules" / "maildev" / "dist" / "bin" / "maildev.js"
    return [
        str(node),
        "--max-old-space-size=160",
        str(script),
        *("--ip", settings.host, "--smtp", str(settings.port("smtp"))),
        *("--web-ip", settings.host, "--web", str(settings.port("inbox"))),
        *("--mail-directory", str(Layout(settings.home).data / "mail")),
        *("--max-emails", str(KEPT)),
    ]
