"""Finds and kills orphaned processes of a stack.

They are there after supervisord was killed, or when a YARN container outlives its NodeManager.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from ops.local_stack.layout import STACK_MARKER


def stack_processes(home: Path) -> list[psutil.Process]:
    """Every process that was started by the stack in `home`, but for this one and its parents."""
    own = psutil.Process()
    spared = {own.pid, *(parent.pid for parent in own.parents())}
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid not in spared and _belongs_to(process, home):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def _belongs_to(process: psutil.Process, home: Path) -> bool:
    if process.status() == psutil.STATUS_ZOMBIE:
        return False
    if process.environ().get(STACK_MARKER) == str(home):
        return True
    # Some hide their environment (PostgreSQL's backends write their title over it), and a
    # container's launcher has a clean one. They work in our folders, as no person's shell does
    # without a terminal.
    folder = Path(process.cwd())
    ours = any(folder.is_relative_to(home / name) for name in ("data", "run"))
    return ours and process.terminal() is None


def end_processes(processes: list[psutil.Process], grace_s: float = 10.0) -> None:
    """Send SIGTERM, then SIGKILL after `grace_s` seconds."""
    for process in processes:
        _signal(process.terminate)
    _, alive = psutil.wait_procs(processes, timeout=grace_s)
    for process in alive:
        _signal(process.kill)
    psutil.wait_procs(alive, timeout=grace_s)


def _signal(send: Callable[[], None]) -> None:
    with suppress(psutil.NoSuchProcess):
        send()


def family(pid: int) -> set[int]:
    """A process and all that descend from it, as process ids."""
    try:
        process = psutil.Process(pid)
        return {pid, *(child.pid for child in process.children(recursive=True))}
    except psutil.NoSuchProcess:
        return set()


def resident_mib(pid: int) -> float:
    """Memory in RAM of a process and its children, in MiB.

    A page that several of them share is split between them (PSS): PostgreSQL's and Airflow's
    forks share most of theirs, and would be counted many times over.
    """
    return sum(_proportional_mib(member) for member in family(pid))


def _proportional_mib(pid: int) -> float:
    try:
        return float(psutil.Process(pid).memory_full_info().pss) / 1024**2
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0
