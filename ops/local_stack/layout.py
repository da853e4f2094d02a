"""Folders of the embedded stack: `SHOPNOW_HOME` and the installed parts."""

from dataclasses import dataclass
from pathlib import Path

from shopnow.settings import REPO_ROOT

VENV_BIN = REPO_ROOT / ".venv" / "bin"
JARS = REPO_ROOT / ".jars"
TEMPLATES = REPO_ROOT / "docker" / "conf"

#: Environment variable that marks the processes of a stack; its value is the stack's folder.
#: Children inherit it, YARN containers too, so none of them can be overlooked by `down`. Not
#: `SHOPNOW_HOME`: a person exports that one in a shell, whose editors are not ours to stop.
STACK_MARKER = "SHOPNOW_STACK"

#: Owner of all files in HDFS, independent of who runs the stack.
HADOOP_USER = "shopnow"


@dataclass(frozen=True)
class Layout:
    """The folders of one stack."""

    home: Path

    @property
    def conf(self) -> Path:
        return self.home / "conf"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def tmp(self) -> Path:
        """What Java programs unpack and spill: theirs, not /tmp's, so that it goes with them."""
        return self.run / "tmp"

    @property
    def airflow(self) -> Path:
        return self.home / "airflow"

    def log(self, service: str) -> Path:
        """The log file of a service, or of supervisord itself."""
        return self.logs / f"{service}.log"

    def create(self) -> None:
        """Create the folders. Only their owner may look inside: logs and data hold addresses."""
        self.home.mkdir(parents=True, exist_ok=True)
        for folder in (self.conf, self.data, self.logs, self.run, self.tmp, self.airflow):
            folder.mkdir(mode=0o700, exist_ok=True)
