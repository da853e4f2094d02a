"""Renders the service configuration in docker/conf for one stack.

docker-compose fills in the same templates with its own addresses.
"""

import hashlib
import os
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlparse

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ops.bootstrap.preflight import check_java, find_java_home
from ops.local_stack.errors import StackError
from ops.local_stack.layout import HADOOP_USER, JARS, STACK_MARKER, TEMPLATES, VENV_BIN, Layout
from shopnow.ports import BASE_PORTS
from shopnow.settings import PROVIDER_SECRET_NAMES, REPO_ROOT, SECRET_NAMES, Settings


@lru_cache(maxsize=1)
def java_home() -> Path:
    """The Java that all servers run on. Raises StackError with advice when there is none."""
    home = find_java_home()
    if home is None:
        raise StackError(str(check_java().problem))
    return home


def pyspark_home() -> Path:
    """SPARK_HOME: the folder of the pyspark package of this environment."""
    import importlib.util

    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        raise StackError("pyspark is not installed. Run: make setup")
    return Path(found.origin).parent


def spark_jars() -> list[Path]:
    """The jars of every Spark job: those of pyspark and ours, by name."""
    extra = sorted((JARS / "spark-extra").glob("*.jar"))
    if not extra:
        raise StackError(f"No jars in {JARS / 'spark-extra'}. Run: make setup")
    return sorted((pyspark_home() / "jars").glob("*.jar")) + extra


def spark_archive(settings: Settings) -> str:
    """HDFS address of the archive of `spark_jars`; other jars make another name."""
    listing = "\n".join(f"{jar.name} {jar.stat().st_size}" for jar in spark_jars())
    digest = hashlib.sha256(listing.encode()).hexdigest()[:12]
    return f"{settings.hdfs_uri}/shopnow/spark/jars-{digest}.zip"


def settings_environment(settings: Settings) -> dict[str, str]:
    """The variables that make `get_settings()` give the same settings in another process.

    Secrets are left out: every process of the stack reads them from the settings file.
    """
    fields = {f"SHOPNOW_{name.upper()}" for name in Settings.model_fields}
    secret = {f"SHOPNOW_{name.upper()}" for name in SECRET_NAMES + PROVIDER_SECRET_NAMES}
    overrides = {k: v for k, v in os.environ.items() if k in fields - secret}
    return overrides | {
        "SHOPNOW_HOME": str(settings.home),
        "SHOPNOW_PORT_OFFSET": str(settings.port_offset),
    }


def process_environment(settings: Settings) -> dict[str, str]:
    """What every process of the stack gets on top of the environment of `up`."""
    layout = Layout(settings.home)
    return settings_environment(settings) | {
        STACK_MARKER: str(settings.home),
        "PATH": f"{VENV_BIN}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "NO_PROXY": f"{settings.host},localhost",
        "no_proxy": f"{settings.host},localhost",
        "PYTHONUNBUFFERED": "1",
        # Compiled modules are kept, whatever the shell says: a start of Airflow takes half as long.
        "PYTHONDONTWRITEBYTECODE": "",
        # Airflow and granian write titles over their arguments: not over the marker, please.
        "SPT_NOENV": "1",
        "JAVA_HOME": str(java_home()),
        "HADOOP_USER_NAME": HADOOP_USER,
        "HADOOP_CONF_DIR": str(layout.conf / "hadoop"),
        "YARN_CONF_DIR": str(layout.conf / "hadoop"),
        "SPARK_CONF_DIR": str(layout.conf / "spark"),
        "SPARK_HOME": str(pyspark_home()),
        "SPARK_LOCAL_DIRS": str(layout.tmp),
        "SPARK_SUBMIT_OPTS": f"-Djava.io.tmpdir={layout.tmp} {settings.spark_java_options}",
        "SPARK_LOCAL_IP": settings.host,
        "SPARK_LOCAL_HOSTNAME": settings.host,
        "PYSPARK_PYTHON": str(VENV_BIN / "python"),
    }


def template_values(settings: Settings) -> dict[str, object]:
    """What the templates may name."""
    layout = Layout(settings.home)
    return settings.model_dump() | {
        "repo": str(REPO_ROOT),
        "ports": {name: settings.port(name) for name in BASE_PORTS},
        "data": str(layout.data),
        "logs": str(layout.logs),
        "conf": str(layout.conf),
        "airflow_home": str(layout.airflow),
        "airflow_dsn": settings.airflow_dsn,
        "lake_jdbc_url": settings.lake_jdbc_url,
        "jars": str(JARS),
        "python": str(VENV_BIN / "python"),
        "hadoop_user": HADOOP_USER,
        "stack_marker": STACK_MARKER,
        "spark_archive": spark_archive(settings),
        # Which address Spark binds is the node's to say: see yarn.nodemanager.env-whitelist.
        "spark_connect_host": urlparse(settings.spark_connect_url).hostname,
        "job_environment": settings_environment(settings),
        # On a laptop all of these are the one host; on a cluster other nodes have to be named.
        "kafka_in_sync": max(1, settings.kafka_replication - 1),
        "namenode_address": urlparse(settings.hdfs_uri).netloc,
        "namenode_host": urlparse(settings.namenode_url).hostname,
        "resourcemanager_host": urlparse(settings.yarn_rm_url).hostname,
        "postgres_clients": _postgres_clients(settings.host),
    }


def _postgres_clients(host: str) -> str:
    """Who may connect, as pg_hba.conf writes it: this machine, or the nodes of the same network."""
    try:
        return f"{ip_address(host)}/32"
    except ValueError:
        return "samenet"


def render_all(settings: Settings) -> None:
    """Render SHOPNOW_HOME/conf from the templates, each file 0600 (some hold passwords)."""
    engine = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - not HTML: addresses and paths in our own files
    )
    values = template_values(settings)
    for template in sorted(TEMPLATES.rglob("*.j2")):
        name = template.relative_to(TEMPLATES)
        write_private(
            Layout(settings.home).conf / name.with_suffix(""),
            engine.get_template(str(name)).render(values),
        )


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    partial.replace(path)
