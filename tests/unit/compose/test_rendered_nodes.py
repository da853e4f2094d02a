"""Each node of docker-compose.yaml renders a configuration that its own server accepts."""

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from ops.local_stack import container, kafka
from ops.local_stack.configuration import java_home
from ops.local_stack.layout import JARS, Layout
from shopnow.settings import SECRET_NAMES, Settings

BROKERS = ("kafka-1", "kafka-2", "kafka-3")


def properties(settings: Settings) -> dict[str, str]:
    text = (Layout(settings.home).conf / "kafka" / "server.properties").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def hadoop(settings: Settings, name: str) -> dict[str, str]:
    root = ET.parse(Layout(settings.home).conf / "hadoop" / name).getroot()  # noqa: S314 - ours
    return {entry.findtext("name"): entry.findtext("value") for entry in root}


def run_hadoop(settings: Settings, *command: str) -> subprocess.CompletedProcess[str]:
    conf = Layout(settings.home).conf / "hadoop"
    return subprocess.run(
        [str(java_home() / "bin" / "java"), "-cp", f"{conf}:{JARS / 'hadoop'}/*", *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_brokers_are_one_quorum(render):
    nodes = {name: properties(render(name)) for name in BROKERS}
    assert len({node["node.id"] for node in nodes.values()}) == len(BROKERS)
    assert len({node["controller.quorum.voters"] for node in nodes.values()}) == 1
    for name, node in nodes.items():
        assert f"{node['node.id']}@{name}:19093" in node["controller.quorum.voters"].split(",")
        assert f"PLAINTEXT://{name}:19092" in node["listeners"]
        assert node["default.replication.factor"] == "3" and node["min.insync.replicas"] == "2"


@pytest.mark.slow
def test_kafka_formats_every_broker_for_the_same_cluster(render):
    """Kafka's own tool reads the whole configuration and refuses what it does not understand."""
    clusters = set()
    for name in BROKERS:
        settings = render(name)
        kafka.format_storage(settings)
        meta = (Layout(settings.home).data / "kafka" / "meta.properties").read_text()
        clusters.add(next(line for line in meta.splitlines() if line.startswith("cluster.id")))
        assert f"node.id={settings.kafka_node_id}" in meta
    assert len(clusters) == 1


@pytest.mark.parametrize("name", ["namenode", "datanode-2", "resourcemanager", "nodemanager-2"])
def test_hadoop_accepts_the_configuration_of_a_node(render, name):
    settings = render(name)
    folder = Layout(settings.home).conf / "hadoop"
    tested = run_hadoop(settings, "org.apache.hadoop.util.ConfTest", "-conffile", str(folder))
    assert tested.returncode == 0, tested.stdout + tested.stderr
    for file in ("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "capacity-scheduler.xml"):
        assert f"{folder / file}: valid" in tested.stdout


def test_hadoop_finds_the_namenode_from_another_node(render):
    found = run_hadoop(
        render("datanode-1"), "org.apache.hadoop.hdfs.tools.GetConf", "-nnRpcAddresses"
    )
    assert found.stdout.split() == ["namenode:18020"], found.stderr[-500:]


def test_a_node_listens_on_its_own_address_and_looks_for_others_elsewhere(render):
    settings = render("datanode-2")
    hdfs = hadoop(settings, "hdfs-site.xml")
    assert hdfs["dfs.datanode.address"].startswith("datanode-2:")
    assert hdfs["dfs.namenode.rpc-address"] == "namenode:18020"
    assert hdfs["dfs.replication"] == "2"
    assert hadoop(settings, "core-site.xml")["fs.defaultFS"] == "hdfs://namenode:18020"
    yarn = hadoop(render("nodemanager-1"), "yarn-site.xml")
    assert yarn["yarn.nodemanager.address"].startswith("nodemanager-1:")
    assert yarn["yarn.resourcemanager.resource-tracker.address"] == "resourcemanager:18031"
    # Spark binds the address of the node on which it runs, not of the one that submitted.
    assert "SPARK_LOCAL_IP" in yarn["yarn.nodemanager.env-whitelist"].split(",")
    spark = (Layout(settings.home).conf / "spark" / "spark-defaults.conf").read_text()
    assert "SPARK_LOCAL_IP" not in spark


def test_postgres_lets_the_other_nodes_in_with_a_password_only(render):
    rules = (Layout(render("postgres").home).conf / "postgres" / "pg_hba.conf").read_text()
    lines = [line.split() for line in rules.splitlines() if not line.startswith("#")]
    assert lines and all(line[3:] == ["samenet", "scram-sha-256"] for line in lines)


def test_a_node_keeps_the_secrets_that_it_was_given_and_no_others(render):
    settings = render("nodemanager-1")
    path = settings.home / "settings.env"
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(line.split("=")[0] for line in path.read_text().splitlines()) == [
        "SHOPNOW_LAKE_DB_PASSWORD",
        "SHOPNOW_SHOP_DB_PASSWORD",
    ]
    broker = render("kafka-1")
    assert (broker.home / "settings.env").read_text() == ""


def test_generated_secrets_are_an_env_file_with_every_secret(capsys):
    container.main(["secrets"])
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    assert [line.split("=")[0] for line in lines] == [f"SHOPNOW_{n.upper()}" for n in SECRET_NAMES]
    # Compose reads these lines too: nothing in them may need quoting.
    assert all(
        len(value) >= 32 and not set(value) & set("$'\" #")
        for value in (line.split("=", 1)[1] for line in lines)
    )


def test_a_probe_of_what_does_not_run_fails_with_one_line(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "ops.local_stack.container", "probe", "shop"],
        env={"SHOPNOW_HOME": str(tmp_path), "SHOPNOW_SHOP_URL": "http://127.0.0.1:9", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("shop: ") and done.stderr.count("\n") == 1
