"""A hand-written ResourceManager that speaks HTTP, and a hand-written spark-submit."""

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from shopnow.settings import REPO_ROOT

# Airflow reads both when it is first imported.
_airflow_home = tempfile.TemporaryDirectory(prefix="shopnow-airflow-")
os.environ.setdefault("AIRFLOW_HOME", _airflow_home.name)
os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
sys.path.insert(0, str(REPO_ROOT / "plugins"))

ACTIVE = {"NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING"}


@dataclass
class FakeYarn:
    """Answers as ResourceManager and NodeManager do, from `apps`, which tests change."""

    url: str = ""
    apps: dict[str, dict[str, Any]] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)
    unavailable: bool = False

    def add(self, number: int, *, tag: str = "", state: str = "RUNNING", **values: Any) -> str:
        """An application with the fields of Hadoop 3.5 that we read, and some that we do not."""
        application_id = f"application_1700000000000_{number:04d}"
        container = f"container_1700000000000_{number:04d}_01_000001"
        node = self.url.removeprefix("http://")
        self.apps[application_id] = {
            "id": application_id,
            "user": "shopnow",
            "name": "job",
            "queue": "root.default",
            "state": state,
            "finalStatus": "UNDEFINED",
            "progress": 10.0,
            "trackingUI": "ApplicationMaster",
            "diagnostics": "",
            "clusterId": 1700000000000,
            "applicationType": "SPARK",
            "applicationTags": tag,
            "elapsedTime": 1000,
            "amContainerLogs": f"http://{node}/node/containerlogs/{container}/shopnow",
            "amHostHttpAddress": node,
            **values,
        }
        return application_id

    def end(self, application_id: str, final_status: str, diagnostics: str = "") -> None:
        """The application ends."""
        state = {"KILLED": "KILLED"}.get(final_status, "FINISHED")
        self.apps[application_id] |= {
            "state": state,
            "finalStatus": final_status,
            "diagnostics": diagnostics,
        }


def _handler(yarn: FakeYarn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if yarn.unavailable:
                self._answer(503, "standby")
                return
            address = urlsplit(self.path)
            parts = address.path.strip("/").split("/")
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            if parts[:3] == ["ws", "v1", "node"]:
                text = yarn.logs.get(parts[-1])
                self._answer(200 if text else 404, (text or "")[int(query.get("size", 0)) :])
            elif parts == ["ws", "v1", "cluster", "apps"]:
                wanted = query["applicationTags"].lower()
                found = [
                    app
                    for app in yarn.apps.values()
                    if wanted in app["applicationTags"].split(",")
                    and app["state"] in query["states"].split(",")
                ]
                self._json(200, {"apps": {"app": found} if found else None})
            elif parts[-1] in yarn.apps:
                self._json(200, {"app": yarn.apps[parts[-1]]})
            else:
                self._json(404, {"RemoteException": {"exception": "NotFoundException"}})

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            application_id = self.path.split("/")[-2]
            yarn.killed.append(application_id)
            if yarn.apps[application_id]["state"] in ACTIVE:
                yarn.end(application_id, "KILLED", "killed by a person")
            self._json(202, {"state": "KILLED"})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._json(200, {"id": yarn.add(len(yarn.apps) + 1, tag=body["tag"].lower())})

        def _json(self, status: int, body: Any) -> None:
            self._answer(status, json.dumps(body), "application/json")

        def _answer(self, status: int, text: str, kind: str = "text/plain") -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet: pytest shows what matters."""

    return Handler


@pytest.fixture
def yarn() -> Iterator[FakeYarn]:
    """A YARN without applications."""
    fake = FakeYarn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield fake
    server.shutdown()
    server.server_close()
    thread.join()


_SPARK_SUBMIT = """#!{python}
import json, os, sys, urllib.request
with open({calls!r}, "a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
exit_code = int(os.environ.get("FAKE_EXIT", "0"))
if exit_code:
    print("java.lang.IllegalArgumentException: no such cluster")
    sys.exit(exit_code)
if "cluster" in sys.argv:
    tag = [arg.split("=", 1)[1] for arg in sys.argv if arg.startswith("spark.yarn.tags=")][0]
    body = json.dumps({{"tag": tag}}).encode()
    with urllib.request.urlopen({url!r} + "/submit", data=body) as answer:
        print("INFO YarnClientImpl: Submitted application", json.load(answer)["id"])
else:
    print("the driver's own output")
"""


@dataclass
class FakeSparkSubmit:
    """Stands where spark-submit is looked for, notes its arguments, and tells the fake YARN."""

    file: Path

    @property
    def calls(self) -> list[list[str]]:
        """The arguments of each call."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text().splitlines()]


@pytest.fixture
def spark_submit(
    yarn: FakeYarn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FakeSparkSubmit:
    """spark-submit is the fake, and connection `spark_default` leads to the fake YARN."""
    calls = tmp_path / "calls"
    program = tmp_path / "bin" / "spark-submit"
    program.parent.mkdir()
    program.write_text(_SPARK_SUBMIT.format(python=sys.executable, calls=str(calls), url=yarn.url))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    connect_to(monkeypatch, yarn)
    return FakeSparkSubmit(calls)


def connect_to(
    monkeypatch: pytest.MonkeyPatch, yarn: FakeYarn, master: str = "yarn", mode: str = "cluster"
) -> None:
    """Set connection `spark_default`."""
    connection = {
        "conn_type": "spark",
        "host": master,
        "extra": {"deploy-mode": mode, "yarn_resourcemanager_webapp_address": yarn.url},
    }
    monkeypatch.setenv("AIRFLOW_CONN_SPARK_DEFAULT", json.dumps(connection))


@pytest.fixture
def local_connection(yarn: FakeYarn, spark_submit: FakeSparkSubmit, monkeypatch) -> None:
    """Connection `spark_default` says that jobs run in the worker."""
    connect_to(monkeypatch, yarn, "local[2]", "client")
