"""docker-compose.yaml says what the stack's own declarations say, for more than one node.

There is no container engine where these tests run: what is checked is all that an engine would
receive.
"""

import re
from collections import Counter

import pytest

from ops.local_stack.services import NODES, SERVICES, Task
from shopnow.ports import BASE_PORTS, SERVICE_PORTS
from shopnow.settings import REPO_ROOT, SECRET_NAMES, Settings

SECRETS = {f"SHOPNOW_{name.upper()}" for name in SECRET_NAMES}
HOME = "/var/lib/shopnow"


def served(container: dict) -> str | None:
    """The service that a container runs; None for the one that sets up."""
    action, *name = container["command"]
    return name[0] if action == "serve" else None


def containers_of(compose: dict, service: str) -> set[str]:
    return {name for name, body in compose["services"].items() if served(body) == service}


def test_every_service_of_the_stack_has_a_container_and_nothing_else_has_one(compose):
    count = Counter(served(body) for body in compose["services"].values())
    assert set(count) - {None} == set(SERVICES)
    assert count[None] == 1, "one container sets up"
    assert count["kafka"] >= 3 and count["datanode"] >= 2 and count["nodemanager"] >= 2


def test_a_container_is_addressed_by_its_name(compose):
    for name, body in compose["services"].items():
        whose = body.get("network_mode", f"service:{name}").removeprefix("service:")
        assert body["environment"]["SHOPNOW_HOST"] == whose
        assert body.get("hostname") == (name if whose == name else None)


def test_a_variable_is_a_setting(compose):
    known = {f"SHOPNOW_{name.upper()}" for name in Settings.model_fields}
    for name, body in compose["services"].items():
        ours = {key for key in body["environment"] if key.startswith("SHOPNOW_")}
        assert ours - known == set(), name
        others = {key for key in body["environment"] if not key.startswith("SHOPNOW_")}
        assert all(key.startswith("AIRFLOW__") for key in others), name


def test_an_address_is_one_on_which_that_service_listens(compose):
    for name, body in compose["services"].items():
        for key, value in body["environment"].items():
            for host, port in re.findall(r"([a-z][a-z0-9-]*):(\d+)", value or ""):
                assert host in compose["services"], (name, key)
                service = served(compose["services"][host])
                listens = {BASE_PORTS[port] for port in SERVICE_PORTS[service]}
                assert int(port) in listens, (name, key, value)


def test_every_interpolation_is_a_secret_that_must_be_given():
    text = (REPO_ROOT / "docker-compose.yaml").read_text()
    assert "$" not in re.sub(r"\$\{\w+:\?make \.env first, see docs/cluster\.md\}", "", text)
    assert set(re.findall(r"\$\{(\w+)", text)) == SECRETS


def test_no_secret_is_written_down(compose):
    for name, body in compose["services"].items():
        for key in SECRETS & set(body["environment"]):
            assert body["environment"][key].startswith(f"${{{key}:?"), (name, key)


@pytest.mark.parametrize("service", ["kafka", "namenode", "datanode", "resourcemanager", "mail"])
def test_a_server_that_needs_no_secret_has_none(compose, service):
    for name in containers_of(compose, service):
        assert SECRETS & set(compose["services"][name]["environment"]) == set()


def test_only_this_machine_reaches_the_published_ports(compose):
    published = [port for body in compose["services"].values() for port in body.get("ports", ())]
    assert published
    for port in published:
        address, outside, inside = port.rsplit(":", 2)
        assert address == "127.0.0.1"
        assert outside == inside and int(inside) in BASE_PORTS.values()


def test_the_page_names_every_published_address(compose):
    page = (REPO_ROOT / "docs/cluster.md").read_text()
    named = set(re.findall(r"http://127\.0\.0\.1:(\d+)", page))
    published = (port for body in compose["services"].values() for port in body.get("ports", ()))
    assert named == {port.rsplit(":", 1)[1] for port in published}


def test_containers_start_in_the_order_of_the_stack(compose):
    """What `up` waits for on a laptop, compose waits for: readiness, not the process's start."""
    tasks = {node.name for node in NODES if isinstance(node, Task)}
    (setup,) = containers_of(compose, None)  # type: ignore[arg-type]
    for name, body in compose["services"].items():
        service = served(body)
        needs = {
            dependency
            for node in NODES
            if node.name == service or (service is None and isinstance(node, Task))
            for dependency in node.depends_on
        }
        ready = {other for need in needs - tasks for other in containers_of(compose, need)}
        found = body.get("depends_on", {})
        healthy = {key for key, how in found.items() if how["condition"] == "service_healthy"}
        assert ready <= healthy, name
        if service is not None and needs & tasks:
            assert found[setup]["condition"] == "service_completed_successfully", name
        assert all("healthcheck" in compose["services"][other] for other in healthy), name


def test_a_container_is_probed_and_stopped_as_on_a_laptop(compose):
    for name, body in compose["services"].items():
        service = SERVICES.get(served(body) or "")
        if service is None:
            continue
        assert ("healthcheck" in body) == (service.probe is not None), name
        if service.probe is not None:
            assert body["healthcheck"]["test"][-2:] == ["probe", service.name]
        assert body.get("stop_signal", "SIGTERM") == f"SIG{service.stop_signal}", name
        assert int(body["stop_grace_period"].removesuffix("s")) >= service.stop_wait_s, name


def test_what_must_survive_is_on_a_volume_of_its_own(compose):
    data = Counter()
    for name, body in compose["services"].items():
        for mount in body.get("volumes", ()):
            volume, target, *_ = mount.split(":")
            assert volume in compose["volumes"] and target.startswith(f"{HOME}/"), name
            data[volume] += target == f"{HOME}/data"
    stateful = ("postgres", "kafka", "namenode", "datanode", "mail")
    with_data = {name for service in stateful for name in containers_of(compose, service)}
    assert {volume for volume, count in data.items() if count} == with_data
    assert max(data.values()) == 1
    assert set(data) == set(compose["volumes"])


def test_a_container_has_no_rights_it_does_not_need(compose):
    for name, body in compose["services"].items():
        assert body["cap_drop"] == ["ALL"] and not body.get("privileged"), name
        assert body["security_opt"] == ["no-new-privileges:true"], name
