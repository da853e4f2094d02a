"""The graph of the stack: what is started for what, and in which order."""

import pytest

from ops.local_stack.lifecycle import _users
from ops.local_stack.services import NODES, SERVICES, select
from shopnow.ports import BASE_PORTS, SERVICE_PORTS


def names(*only: str) -> set[str]:
    return {node.name for node in select(only)}


def test_every_node_comes_after_what_it_depends_on() -> None:
    seen: set[str] = set()
    for node in NODES:
        assert set(node.depends_on) <= seen, node.name
        seen.add(node.name)


def test_a_part_is_started_with_all_that_it_needs_and_nothing_else() -> None:
    assert names("postgres") == {"postgres", "databases", "shop-schema"}
    assert names("kafka") == {"kafka", "topics"}
    assert names("relay") == {"postgres", "databases", "shop-schema", "kafka", "topics", "relay"}


def test_the_spark_archive_is_uploaded_for_yarn_only() -> None:
    assert "spark-archive" not in names("datanode")
    assert names("nodemanager") >= {"spark-archive", "datanode", "resourcemanager"}


def test_without_names_everything_is_started() -> None:
    assert names() == {node.name for node in NODES}


def test_an_unknown_service_is_an_error() -> None:
    with pytest.raises(KeyError):
        select(("postgre",))


def test_a_service_is_stopped_after_all_that_use_it_through_tasks_too() -> None:
    users = _users()
    assert {"shop", "relay", "mailer", "alerts-consumer", "airflow-scheduler"} <= users["postgres"]
    assert {"mailer", "airflow-scheduler"} <= users["mail"]
    assert {"shop", "relay", "airflow-scheduler"} <= users["kafka"]
    assert users["airflow-scheduler"] == set()


def test_every_port_has_one_service() -> None:
    owned = [port for ports in SERVICE_PORTS.values() for port in ports]
    assert sorted(owned) == sorted(BASE_PORTS)
    assert set(SERVICE_PORTS) <= set(SERVICES)


@pytest.mark.parametrize("offset", range(1000, 40_000, 1000))
def test_two_stacks_a_round_offset_apart_never_meet(offset: int) -> None:
    first = set(BASE_PORTS.values())
    assert first.isdisjoint({port + offset for port in first})
