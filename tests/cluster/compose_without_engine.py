"""Runs the containers of docker-compose.yaml as processes, on a Linux machine without an engine.

    sudo .venv/bin/python tests/cluster/compose_without_engine.py [--only NAME…] [-- COMMAND…]

Every container gets what an engine would give it: a network interface and its own name on a
bridge that joins the containers and nobody else, its environment, its volumes at their places, its
place in the order of start, and another start when it ends. All of them end with this program. Not
covered: the image (the checkout is used instead), the user, dropped capabilities, published ports.

COMMAND runs when all are ready, in the place of `airflow-scheduler` (of `setup`, if that is not
among them).
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import yaml

from shopnow.settings import REPO_ROOT, Settings, ensure_settings_file

HOME_IN_IMAGE = "/var/lib/shopnow"
HOME = "/mnt/shopnow"  # on a file system of our own, for nothing else is below /mnt then
POLL_S = 5.0
READY_WITHIN_S = 1800

#: $1 host name, $2 state folder, then pairs "volume target" up to "--", then the command.
ENTER = f"""
set -euo pipefail
hostname "$1"; mount --bind "$2" {HOME}; shift 2
while [ "$1" != -- ]; do mkdir -p "$2"; mount --bind "$1" "$2"; shift 2; done
shift; exec "$@"
"""


class Cluster:
    """The containers of the file, or those of them that are named and what they depend on."""

    def __init__(self, only: list[str], folder: Path) -> None:
        text = (REPO_ROOT / "docker-compose.yaml").read_text()
        secrets = dict(
            line.split("=", 1)
            for line in ensure_settings_file(folder).read_text().splitlines()
            if "=" in line and not line.startswith("#")
        )
        text = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: secrets[found[1]], text)
        self._folder = folder
        self.containers: dict[str, dict[str, Any]] = {}
        declared = yaml.safe_load(text)["services"]
        waiting = only or list(declared)
        while waiting:
            name = waiting.pop()
            self.containers[name] = declared[name]
            waiting += list(declared[name].get("depends_on", {}))
        self._done = {name: threading.Event() for name in self.containers}
        self.failures: list[str] = []

    def connect(self) -> str:
        """Give each container an interface on one bridge; return the hosts file for all of them."""
        ip("link", "set", "lo", "up")
        ip("link", "add", "shopnow", "type", "bridge")
        ip("link", "set", "shopnow", "up")
        hosts = "127.0.0.1 localhost\n"
        own = [name for name in self.containers if self.network(name) == name]
        for number, name in enumerate(sorted(own), 2):
            address, port = f"10.77.0.{number}", f"port{number}"
            ip("netns", "add", name)
            ip(*("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name))
            ip("link", "set", port, "master", "shopnow", "up")
            ip("-n", name, "address", "add", f"{address}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "lo", "up")
            ip("-n", name, "link", "set", "eth0", "up")
            hosts += f"{address} {name}\n"
        return hosts

    def network(self, name: str) -> str:
        """The container whose interface and host name a container has: its own, or another's."""
        mode: str = self.containers[name].get("network_mode", "")
        return mode.removeprefix("service:") or name

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a container: only what the file says, and where programs are."""
        known = {f"SHOPNOW_{field.upper()}" for field in Settings.model_fields}
        base = {key: value for key, value in os.environ.items() if key not in known}
        given = self.containers[name]["environment"]
        return base | {k: v for k, v in given.items() if v is not None} | {"SHOPNOW_HOME": HOME}

    def command(self, name: str, *command: str) -> list[str]:
        """A command that sees the files and the host name of a container."""
        state = self._folder / "state" / name
        state.mkdir(parents=True, exist_ok=True)
        mounts = []
        for mount in self.containers[name].get("volumes", ()):
            volume, target, *_ = mount.split(":")
            path = self._folder / "volumes" / volume
            path.mkdir(parents=True, exist_ok=True)
            mounts += [str(path), target.replace(HOME_IN_IMAGE, HOME, 1)]
        unshare = [
            "ip",
            "netns",
            "exec",
            self.network(name),
            "unshare",
            "--mount",
            "--uts",
            "bash",
            "-c",
            ENTER,
            "enter",
        ]
        return [*unshare, self.network(name), str(state), *mounts, "--", *command]

    def run(self, name: str) -> None:
        """Start a container when those before it are ready, and wait until it is ready too."""
        container = self.containers[name]
        for other in container.get("depends_on", {}):
            self._done[other].wait()
        began = time.monotonic()
        log = self._folder / f"{name}.log"
        log.write_text("")
        reason = self._wait(name)
        seconds = time.monotonic() - began
        if reason:
            self.failures.append(f"{name}: {reason} ({log})\n{log.read_text()[-1500:]}")
        print(f"{'FAILED' if reason else 'ready '} {name:24} {seconds:6.1f} s", flush=True)
        self._done[name].set()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("a") as output:
            return subprocess.Popen(
                self.command(
                    *(name, sys.executable, "-m", "ops.local_stack.container"),
                    *self.containers[name]["command"],
                ),
                env=self.environment(name),
                cwd=REPO_ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _wait(self, name: str) -> str | None:
        """Start it, and again if it ends; None when it is ready (or done, for one that ends)."""
        process = self._start(name)
        check = self.containers[name].get("healthcheck", {}).get("test")
        deadline = time.monotonic() + READY_WITHIN_S
        answer = "it ended again and again"
        while time.monotonic() < deadline:
            time.sleep(POLL_S)
            ended = process.poll()
            if ended == 0 and self.containers[name]["restart"] == "on-failure":
                return None
            if ended is not None:
                process = self._start(name)
                continue
            if check is None:
                if self.containers[name]["restart"] == "on-failure":
                    continue
                return None
            probe = subprocess.run(
                self.command(name, sys.executable, *check[2:]),
                env=self.environment(name),
                cwd=REPO_ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            if probe.returncode == 0:
                return None
            answer = probe.stderr.strip()
        return f"not ready after {READY_WITHIN_S} s: {answer}"


def ip(*arguments: str) -> None:
    """Run `ip` (package iproute2)."""
    subprocess.run(["ip", *arguments], check=True)


def inside(only: list[str], command: list[str], folder: Path) -> int:
    """The part that runs in the private namespaces."""
    for private in ("/mnt", "/run"):  # /run is where `ip` keeps its list of networks
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", private], check=True)
    Path(HOME).mkdir()
    cluster = Cluster(only, folder)
    hosts = folder / "hosts"
    hosts.write_text(cluster.connect())
    subprocess.run(["mount", "--bind", str(hosts), "/etc/hosts"], check=True)
    threads = [threading.Thread(target=cluster.run, args=(name,)) for name in cluster.containers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if cluster.failures:
        print("\n".join(cluster.failures), file=sys.stderr)
        return 1
    if not command:
        return 0
    name = "airflow-scheduler" if "airflow-scheduler" in cluster.containers else "setup"
    done = subprocess.run(
        cluster.command(name, *command), env=cluster.environment(name), cwd=REPO_ROOT, check=False
    )
    return done.returncode


def main() -> int:
    """Enter namespaces that end with this process, and run the containers there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", default=[], help="containers to run, with their needs")
    parser.add_argument("--folder", type=Path, help="keep state and logs here")
    parser.add_argument("command", nargs="*", help="what to run when all are ready")
    options = parser.parse_args()
    if os.environ.get("SHOPNOW_INSIDE"):
        del os.environ["SHOPNOW_INSIDE"]
        return inside(options.only, options.command, options.folder)
    with tempfile.TemporaryDirectory(prefix="shopnow-cluster-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        namespaces = [
            "--mount",
            "--net",
            "--uts",
            "--pid",
            "--fork",
            "--mount-proc",
            "--kill-child",
        ]
        arguments = ["--folder", str(folder), *(["--only", *options.only] if options.only else [])]
        return subprocess.run(
            ["unshare", *namespaces, sys.executable, __file__, *arguments, "--", *options.command],
            env=os.environ | {"SHOPNOW_INSIDE": "1"},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
