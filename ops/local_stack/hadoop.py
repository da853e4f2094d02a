"""HDFS and YARN: command lines, formatting, folders, the archive of Spark's jars, running jobs."""

import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from ops.local_stack.configuration import java_home, process_environment, spark_archive, spark_jars
from ops.local_stack.errors import StackError
from ops.local_stack.layout import HADOOP_USER, JARS, Layout
from ops.local_stack.local_http import client
from shopnow.settings import Settings

if TYPE_CHECKING:
    from hdfs import InsecureClient

_MAIN_CLASSES = {
    "namenode": "org.apache.hadoop.hdfs.server.namenode.NameNode",
    "datanode": "org.apache.hadoop.hdfs.server.datanode.DataNode",
    "resourcemanager": "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager",
    "nodemanager": "org.apache.hadoop.yarn.server.nodemanager.NodeManager",
}
_HEAP_MIB = {"namenode": 256, "datanode": 192, "resourcemanager": 320, "nodemanager": 256}

#: To connect, and for an answer: it comes when what is written is on disk.
_HDFS_TIMEOUTS_S = (10, 120)

#: Jars that no job of ours loads: Kubernetes, Hive's metastore, MLlib.
_NOT_NEEDED_ON_YARN = (
    "kubernetes-",
    "spark-kubernetes",
    "spark-mllib",
    "spark-graphx",
    "spark-hive",
    "hive-beeline",
    "hive-cli",
    "hive-exec",
    "hive-jdbc",
    "hive-metastore",
    "breeze",
    "spire",
    "cats-kernel",
    "derby",
    "datanucleus",
    "netty-codec-native-quic",
)


def server_command(settings: Settings, service: str) -> list[str]:
    """The command line of a Hadoop server: a key of `_MAIN_CLASSES`."""
    layout = Layout(settings.home)
    return [
        str(java_home() / "bin" / "java"),
        f"-Djava.io.tmpdir={layout.tmp}",
        f"-Xmx{_HEAP_MIB[service]}m",
        "-XX:+UseSerialGC",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        *("-cp", f"{layout.conf / 'hadoop'}:{JARS / 'hadoop'}/*"),
        _MAIN_CLASSES[service],
    ]


def format_namenode(settings: Settings) -> None:
    """Make an empty file system where there is none."""
    layout = Layout(settings.home)
    if (layout.data / "namenode" / "current" / "VERSION").exists():
        return
    result = subprocess.run(
        [*server_command(settings, "namenode"), "-format", "-force", "-nonInteractive"],
        env=process_environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise StackError(f"HDFS could not be formatted: {result.stderr[-1000:]}")


def create_folders(settings: Settings) -> None:
    """The folders that jobs expect in HDFS; safe to repeat."""
    hdfs = _hdfs(settings)
    hdfs.makedirs("/tmp", "1777")  # noqa: S108 - of HDFS, not of this machine
    hdfs.makedirs(f"/user/{HADOOP_USER}", "700")
    hdfs.makedirs("/shopnow/spark", "755")
    hdfs.makedirs("/shopnow/warehouse", "755")


def upload_spark_archive(settings: Settings) -> None:
    """Put Spark's jars into HDFS once, so that a job's submission uploads none of them."""
    hdfs = _hdfs(settings)
    path = urlparse(spark_archive(settings)).path
    if hdfs.status(path, strict=False) is not None:
        return
    with tempfile.TemporaryDirectory(dir=Layout(settings.home).run) as folder:
        archive = Path(folder) / "jars.zip"
        # Stored, not deflated: jars are compressed already.
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
            for jar in spark_jars():
                if not jar.name.startswith(_NOT_NEEDED_ON_YARN):
                    file.write(jar, jar.name)
        # It appears whole or not at all.
        with archive.open("rb") as file:
            hdfs.write(f"{path}.partial", data=file, overwrite=True, permission="644")
        hdfs.rename(f"{path}.partial", path)
    parent, name = path.rsplit("/", 1)
    for other in hdfs.list(parent):
        if other != name:
            hdfs.delete(f"{parent}/{other}")


def _hdfs(settings: Settings) -> "InsecureClient":
    """A client over WebHDFS: no JVM to start. Its errors are `HdfsError` and those of requests."""
    import requests
    from hdfs import InsecureClient

    session = requests.Session()
    session.trust_env = False  # never behind the proxy that the environment may name
    return InsecureClient(
        settings.namenode_url, user=HADOOP_USER, session=session, timeout=_HDFS_TIMEOUTS_S
    )


def yarn_applications(settings: Settings) -> list[dict[str, object]]:
    """Applications that wait or run, as the ResourceManager describes them."""
    answer = client().get(
        f"{settings.yarn_rm_url}/ws/v1/cluster/apps",
        params={"states": "NEW,NEW_SAVING,SUBMITTED,ACCEPTED,RUNNING"},
    )
    return list((answer.raise_for_status().json()["apps"] or {}).get("app", []))


def end_yarn_applications(settings: Settings) -> None:
    """Kill every application and wait until its containers are gone, for a quarter of a minute.

    What is left after that is found by its marker when everything else has stopped.
    """
    for application in yarn_applications(settings):
        client().put(
            f"{settings.yarn_rm_url}/ws/v1/cluster/apps/{application['id']}/state",
            params={"user.name": HADOOP_USER},
            json={"state": "KILLED"},
        ).raise_for_status()
    containers = f"http://{settings.host}:{settings.port('nodemanager_http')}/ws/v1/node/containers"
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if not client().get(containers).raise_for_status().json()["containers"]:
            return
        time.sleep(0.25)
