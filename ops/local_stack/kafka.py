"""Kafka: its storage folder and its command line."""

import base64
import hashlib
import subprocess

from ops.local_stack.configuration import java_home
from ops.local_stack.errors import StackError
from ops.local_stack.layout import JARS, Layout
from shopnow import topics
from shopnow.settings import Settings


def _java(settings: Settings, *options: str) -> list[str]:
    layout = Layout(settings.home)
    return [
        str(java_home() / "bin" / "java"),
        *options,
        "-XX:+UseSerialGC",
        f"-Djava.io.tmpdir={layout.tmp}",
        f"-Dlog4j2.configurationFile={layout.conf / 'kafka' / 'log4j2.properties'}",
        *("-cp", f"{JARS / 'kafka'}/*"),
    ]


def server_command(settings: Settings) -> list[str]:
    """The command line of the broker, which is the controller too."""
    properties = Layout(settings.home).conf / "kafka" / "server.properties"
    return [*_java(settings, "-Xms128m", "-Xmx384m"), "kafka.Kafka", str(properties)]


def format_storage(settings: Settings) -> None:
    """Write the cluster id into an empty log folder; a formatted one is left as it is."""
    layout = Layout(settings.home)
    if (layout.data / "kafka" / "meta.properties").exists():
        return
    # From the list of the controllers: every one of them must be given the same id.
    digest = hashlib.sha256(settings.kafka_voters.encode()).digest()
    cluster_id = base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
    properties = layout.conf / "kafka" / "server.properties"
    result = subprocess.run(
        [
            *_java(settings, "-Xmx128m"),
            *("kafka.tools.StorageTool", "format", "--ignore-formatted"),
            # With "=", for an id may begin with a dash.
            *(f"--cluster-id={cluster_id}", f"--config={properties}"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise StackError(f"Kafka's storage could not be formatted: {result.stderr[-1000:]}")


def create_topics(settings: Settings) -> None:
    """Create the topics that are missing."""
    topics.create_topics(settings.kafka_bootstrap, replication=settings.kafka_replication)
