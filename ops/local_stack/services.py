"""The embedded stack, declared: what each service runs, needs, and is ready by.

`NODES` is the whole graph: services, and the one-off tasks that make a started service usable.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ops.local_stack import airflow, data_docs, hadoop, kafka, mail, postgres, probes, shop, spark
from ops.local_stack.supervisor import Program
from shopnow.settings import Settings

Command = Callable[[Settings], list[str]]
Action = Callable[[Settings], object]
Probe = Callable[[Settings, datetime], object]


def _no_environment(_settings: Settings) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Task:
    """Work that is done once at every start, and is cheap when there is nothing to do."""

    name: str
    run: Action
    depends_on: tuple[str, ...]
    #: Done only when one of these services is started; empty: whenever its dependencies are.
    wanted_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Service:
    """A supervised process; `prepare` runs before it is started."""

    name: str
    command: Command
    #: Called with the settings and the time of the process's start until it returns. None: a
    #: service without an address, which is ready when it has stayed alive for some seconds.
    probe: Probe | None
    depends_on: tuple[str, ...] = ()
    #: Services that it cannot do without, though it may be started before them.
    along: tuple[str, ...] = ()
    environment: Callable[[Settings], Mapping[str, str]] = _no_environment
    prepare: Action | None = None
    before_stop: Action | None = None
    ready_within_s: int = 300
    stop_signal: str = "TERM"
    stop_wait_s: int = 20
    #: False where the parent ends its children in its own order.
    signal_group: bool = True

    def program(self, settings: Settings) -> Program:
        """The supervisord program of the service."""
        return Program(
            name=self.name,
            command=tuple(self.command(settings)),
            environment=self.environment(settings),
            stop_signal=self.stop_signal,
            stop_wait_s=self.stop_wait_s,
            signal_group=self.signal_group,
        )


def _hadoop(name: str) -> Command:
    return lambda settings: hadoop.server_command(settings, name)


def _airflow(*arguments: str) -> Command:
    return lambda _settings: airflow.command(*arguments)


def _airflow_reports(component: str) -> Probe:
    return lambda settings, since: probes.airflow_component(settings, component, since)


def _own(settings: Settings, port: str) -> str:
    """Where a service listens, which is not always the address that people click on."""
    return f"http://{settings.host}:{settings.port(port)}"


_AIRFLOW = (
    "airflow-api-server",
    "airflow-scheduler",
    "airflow-dag-processor",
    "airflow-triggerer",
)

NODES: tuple[Service | Task, ...] = (
    Service(
        "postgres",
        postgres.server_command,
        lambda settings, _since: probes.postgres(settings),
        prepare=postgres.create_cluster,
        stop_signal="INT",  # PostgreSQL's "fast": end sessions, write a checkpoint
        stop_wait_s=60,
        signal_group=False,
    ),
    Task("databases", postgres.create_databases, ("postgres",)),
    Task("shop-schema", shop.migrate, ("databases",)),
    Service(
        "kafka",
        kafka.server_command,
        lambda settings, _since: probes.kafka(settings),
        prepare=kafka.format_storage,
        stop_wait_s=60,
    ),
    Task("topics", kafka.create_topics, ("kafka",)),
    Service(
        "namenode",
        _hadoop("namenode"),
        lambda settings, _since: probes.namenode(settings),
        prepare=hadoop.format_namenode,
    ),
    Service(
        "datanode",
        _hadoop("datanode"),
        lambda settings, _since: probes.datanode(settings),
        depends_on=("namenode",),
    ),
    Task("hdfs-folders", hadoop.create_folders, ("datanode",)),
    Service(
        "resourcemanager",
        _hadoop("resourcemanager"),
        lambda settings, _since: probes.resourcemanager(settings),
    ),
    Service(
        "nodemanager",
        _hadoop("nodemanager"),
        lambda settings, _since: probes.nodemanager(settings),
        depends_on=("resourcemanager",),
        along=("datanode",),
        before_stop=hadoop.end_yarn_applications,
    ),
    Task(
        "spark-archive", hadoop.upload_spark_archive, ("hdfs-folders",), wanted_by=("nodemanager",)
    ),
    Service(
        "spark-connect",
        spark.server_command,
        lambda settings, _since: probes.spark_connect(settings),
        depends_on=("databases", "spark-archive", "nodemanager"),
    ),
    Service("mail", mail.server_command, lambda settings, _since: probes.mail(settings)),
    Service(
        "data-docs",
        data_docs.server_command,
        lambda settings, _since: probes.http_ok(settings.data_docs_url),
        prepare=data_docs.create_folder,
    ),
    Service(
        "shop",
        shop.server_command,
        lambda settings, _since: probes.http_ok(f"{_own(settings, 'shop')}/api/v1/health/ready"),
        depends_on=("shop-schema", "topics"),
        signal_group=False,
    ),
    Service(
        "payment-gateway",
        shop.gateway_command,
        lambda settings, _since: probes.http_ok(f"{_own(settings, 'gateway')}/health"),
        depends_on=("databases",),
        signal_group=False,
    ),
    Service("relay", shop.relay_command, None, depends_on=("shop-schema", "topics")),
    Service("mailer", shop.mailer_command, None, depends_on=("shop-schema", "mail")),
    Service("alerts-consumer", shop.alerts_command, None, depends_on=("shop-schema", "topics")),
    Task("airflow-database", airflow.migrate, ("databases",), wanted_by=_AIRFLOW),
    Service(
        "airflow-api-server",
        _airflow("api-server"),
        lambda settings, _since: probes.airflow_api(settings),
        depends_on=("airflow-database",),
        environment=airflow.environment,
    ),
    Service(
        "airflow-dag-processor",
        _airflow("dag-processor"),
        _airflow_reports("dag_processor"),
        depends_on=("airflow-database",),
        along=("airflow-api-server",),
        environment=airflow.environment,
    ),
    Service(
        "airflow-triggerer",
        # Airflow's servers of logs would listen on every interface. The API server reads the same
        # files itself.
        _airflow("triggerer", "--skip-serve-logs"),
        _airflow_reports("triggerer"),
        depends_on=("airflow-database",),
        along=("airflow-api-server",),
        environment=airflow.environment,
    ),
    Service(
        "airflow-scheduler",
        _airflow("scheduler", "--skip-serve-logs"),
        _airflow_reports("scheduler"),
        # Last: what it schedules immediately needs everything else.
        depends_on=(
            *("airflow-database", "shop-schema", "topics", "spark-archive", "nodemanager", "mail"),
        ),
        along=("spark-connect", "airflow-api-server", "airflow-dag-processor", "airflow-triggerer"),
        environment=airflow.environment,
    ),
)

SERVICES: dict[str, Service] = {node.name: node for node in NODES if isinstance(node, Service)}
_BY_NAME = {node.name: node for node in NODES}


def select(only: tuple[str, ...] = ()) -> list[Service | Task]:
    """The nodes to start for the services named, with all that they need; in `NODES` order.

    Without names: everything. Raises KeyError for a name that is no service.
    """
    chosen: set[str] = set()
    waiting = [SERVICES[name].name for name in only] or list(SERVICES)
    while waiting:
        name = waiting.pop()
        if name not in chosen:
            chosen.add(name)
            node = _BY_NAME[name]
            waiting += [*node.depends_on, *(node.along if isinstance(node, Service) else ())]
    for node in NODES:
        if not isinstance(node, Task) or not chosen.issuperset(node.depends_on):
            continue
        if not node.wanted_by or chosen.intersection(node.wanted_by):
            chosen.add(node.name)
    return [node for node in NODES if node.name in chosen]
