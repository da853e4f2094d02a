"""The Data Docs in a browser: the folder that the audit gate writes, as static pages."""

from ops.local_stack.layout import VENV_BIN
from shopnow.settings import Settings


def server_command(settings: Settings) -> list[str]:
    """The standard library's server of files; it only reads."""
    return [
        str(VENV_BIN / "python"),
        *("-m", "http.server", str(settings.port("data_docs"))),
        *("--bind", settings.host, "--directory", str(settings.data_docs)),
    ]


def create_folder(settings: Settings) -> None:
    """The folder is there before the first check has written to it."""
    settings.data_docs.mkdir(parents=True, exist_ok=True)
