"""What the machine must offer, checked before anything is installed or started.

Standard library only and readable by Python 3.8: the setup runs it with whatever `python3` is
there, to be able to say that it is the wrong one.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from shopnow.ports import BASE_PORTS, SERVICE_PORTS

NEEDED_PYTHON = (3, 11)
NEEDED_JAVA = 17
NEEDED_MEMORY_GIB = 8
NEEDED_DISK_GIB = 8
GIB = 1024**3
#: The state of a listening socket in /proc/net/tcp.
LISTENING = "0A"


class Check(NamedTuple):
    """One thing looked at: `problem` is None when it is as needed, else what to do about it."""

    name: str
    found: str
    problem: str | None = None


def check_python() -> Check:
    """The interpreter that runs this."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == NEEDED_PYTHON:
        if importlib.util.find_spec("ensurepip") is not None:
            return Check("Python", version)
        return Check(
            "Python",
            f"{version} without ensurepip",
            f"{sys.executable} cannot make virtual environments. Install the rest of it "
            "(Debian, Ubuntu: apt-get install python3.11-venv).",
        )
    return Check(
        "Python",
        version,
        f"Python 3.11 is needed (Airflow and Spark are pinned to it) and this is {version}. "
        "Install python3.11 and run again, or name it: PYTHON=/path/to/python3.11 make setup.",
    )


def find_java_home() -> Path | None:
    """The home of a Java 17: `JAVA_HOME`, the `java` on the PATH, else one in the usual places."""
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    if on_path:
        candidates.append(Path(on_path).resolve().parent.parent)
    for folder, pattern in (("/usr/lib/jvm", "*17*"), ("/opt/java", "*")):
        candidates.extend(sorted(Path(folder).glob(pattern)))
    for home in candidates:
        if java_version(home / "bin" / "java") == NEEDED_JAVA:
            return home
    return None


def java_version(java: Path) -> int | None:
    """The major version of a `java` program, or None when it does not run."""
    try:
        answer = subprocess.run(
            [str(java), "-version"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(\d+)', answer.stderr.decode("utf-8", "replace"))
    return int(found.group(1)) if found else None


def check_java() -> Check:
    """A Java 17, anywhere."""
    home = find_java_home()
    if home is not None:
        return Check("Java", f"17 in {home}")
    on_path = shutil.which("java")
    version = java_version(Path(on_path)) if on_path else None
    found = "none" if version is None else f"{version} ({on_path})"
    return Check(
        "Java",
        found,
        f"Java 17 is needed by Kafka, HDFS, YARN and Spark; found: {found}. Install it "
        "(Debian, Ubuntu: apt-get install openjdk-17-jre-headless) or set JAVA_HOME to one.",
    )


def available_memory_gib() -> float:
    """Memory that processes can still get, in GiB; a container's limit counts."""
    limits = []
    meminfo = Path("/proc/meminfo").read_text()
    found = re.search(r"^MemAvailable:\s+(\d+) kB", meminfo, re.MULTILINE)
    if found:
        limits.append(int(found.group(1)) * 1024)
    limit, used = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
    if limit.exists() and used.exists() and limit.read_text().strip() != "max":
        # Page cache counts as used there and is given back on demand.
        stat = (limit.parent / "memory.stat").read_text()
        cache = re.search(r"^inactive_file (\d+)", stat, re.MULTILINE)
        reclaimable = int(cache.group(1)) if cache else 0
        limits.append(int(limit.read_text()) - int(used.read_text()) + reclaimable)
    return min(limits) / GIB if limits else float("inf")


def check_memory() -> Check:
    """Free memory for the whole stack."""
    free = available_memory_gib()
    found = f"{free:.1f} GiB available"
    if free >= NEEDED_MEMORY_GIB:
        return Check("Memory", found)
    return Check(
        "Memory",
        found,
        f"The whole stack needs {NEEDED_MEMORY_GIB} GiB and {free:.1f} GiB are available. Close "
        "other programs (a second stack counts too: `make down` there), or start a part of it: "
        "shopnow up --only shop.",
    )


def check_disk(folder: Path) -> Check:
    """Free disk where `folder` is or will be."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(str(folder)).free / GIB
    found = f"{free:.0f} GiB free at {folder}"
    if free >= NEEDED_DISK_GIB:
        return Check("Disk", found)
    return Check(
        "Disk",
        found,
        f"{NEEDED_DISK_GIB} GiB of disk are needed at {folder} and {free:.1f} GiB are free. Make "
        "room, or put the state elsewhere: SHOPNOW_HOME=/path/with/room.",
    )


def port_holder(port: int) -> str:
    """Who listens on a port, in words, as far as this user may know."""
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENING and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            entries = [str(entry) for entry in (process / "fd").iterdir()]
            # Path.readlink is not in Python 3.8.
            if any(os.readlink(entry) in inodes for entry in entries):  # noqa: PTH115
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ")
                text = command.decode("utf-8", "replace").strip()[:60]
                return f"process {process.name} ({text})"
        except OSError:
            continue  # it has gone meanwhile, or is another user's
    return "a process of another user"


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: connections of an earlier run in TIME_WAIT are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def check_ports(
    offset: int, services: list[str] | None = None, host: str = "127.0.0.1"
) -> list[Check]:
    """The ports of `services` (default: of all)."""
    checks = []
    for service, names in SERVICE_PORTS.items():
        if services is not None and service not in services:
            continue
        for name in names:
            port = BASE_PORTS[name] + offset
            label = f"Port {port} ({service})"
            if port_is_free(host, port):
                checks.append(Check(label, "free"))
                continue
            holder = port_holder(port)
            checks.append(
                Check(
                    label,
                    holder,
                    f"Port {port}, which {service} needs, is taken by {holder}. Stop that process, "
                    "or move every port of this stack: SHOPNOW_PORT_OFFSET=1000 (or any other "
                    "number that keeps clear of it).",
                )
            )
    return checks
