"""Every setting of the platform: `SHOPNOW_…` environment variables over one file.

The file is `SHOPNOW_HOME/settings.env` (mode 0600). It holds the secrets that the first start
generates and any other `SHOPNOW_…` line that a person adds. Addresses are derived from one host,
the base ports below and one offset, so that two stacks run side by side; on a cluster each address
is set outright.
"""

import fcntl
import os
import secrets
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from shopnow.email_addresses import normal_address, sender_address
from shopnow.languages import DEFAULT_LANGUAGE, Language
from shopnow.ports import BASE_PORTS

REPO_ROOT = Path(__file__).resolve().parent.parent

SECRET_NAMES: tuple[str, ...] = (
    "postgres_password",
    "shop_db_password",
    "airflow_db_password",
    "lake_db_password",
    "airflow_admin_password",
    "airflow_fernet_key",
    "airflow_jwt_secret",
    "secret_key",
    "webhook_secret",
    "shop_admin_password",
    "gateway_secret",
    "gateway_db_password",
    "spark_connect_token",
)

#: Secrets that nobody can generate: a payment provider hands them out.
PROVIDER_SECRET_NAMES: tuple[str, ...] = ("stripe_api_key", "stripe_webhook_secret")


_FIRST_LINE = "# ShopNow+ settings: generated secrets, and any SHOPNOW_… line that you add."
_MEMORY = r"^[1-9]\d*[mg]$"
_RATE = r"^[1-9]\d*/(second|minute|hour)$"
#: The shop's first account with all rights; its password is the setting `shop_admin_password`.
SHOP_ADMIN = "admin@shopnow.example"


class SettingsError(RuntimeError):
    """The settings file is missing a value or cannot be used; the message says what to do."""


def home_from_environment() -> Path:
    """The state folder: `SHOPNOW_HOME`, or `.shopnow` in the checkout."""
    return Path(os.environ.get("SHOPNOW_HOME", REPO_ROOT / ".shopnow")).expanduser().resolve()


class Settings(BaseSettings):
    """All settings; each field is the environment variable `SHOPNOW_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="SHOPNOW_", extra="ignore", validate_default=True)

    home: Path = Field(
        default_factory=home_from_environment,
        description="State folder: data, logs, rendered configuration, generated secrets.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address that every service of the embedded stack listens on.",
    )
    port_offset: int = Field(
        default=0,
        ge=0,
        le=40_000,
        description="Added to every port, so that two stacks run side by side.",
    )

    # the shop
    timezone: str = Field(
        default="Europe/Paris", description="The shop's time zone: it decides the business day."
    )
    currency: str = Field(
        default="EUR", pattern=r"^[A-Z]{3}$", description="ISO 4217 code of the shop's prices."
    )
    language: Language = Field(
        default=DEFAULT_LANGUAGE, description="Language of the shop, the dashboard and the report."
    )
    managers_email: Annotated[list[str], NoDecode] = Field(
        default=["managers@shopnow.example"],
        description="Who receives the report; several addresses are separated by commas.",
    )
    sender_email: str = Field(
        default="rapports@shopnow.example", description="Sender of the report."
    )
    rate_limits: bool = Field(
        default=True,
        description="Whether the API counts the calls of each address; off for tests of load.",
    )
    rate_limit_reads: str = Field(
        default="600/minute",
        pattern=_RATE,
        description="How often one address may read from the API, such as `600/minute`.",
    )
    rate_limit_writes: str = Field(
        default="120/minute",
        pattern=_RATE,
        description="How often one address may change something through the API.",
    )

    shop_sender_email: str = Field(
        default="boutique@shopnow.example", description="Sender of the shop's mails to shoppers."
    )
    cookie_secure: bool = Field(
        default=False,
        description="Session cookies travel over https only, also where a proxy in front of the "
        "shop speaks plain http to it.",
    )
    staff_second_factor: bool = Field(
        default=False,
        description="Staff get to their pages with a second factor only: an authenticator app, "
        "which they set up in their account.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="Number of proxies in front of the shop, each of which adds the address of its "
        "caller to `X-Forwarded-For` and sets `X-Forwarded-Proto`. That many hops are trusted, no "
        "more; with 0 nobody can say that a call comes from elsewhere.",
    )
    password_hash_memory_kib: int = Field(
        default=64 * 1024,
        ge=64,
        description="Memory of one password hash (argon2id, 3 passes); less is for tests.",
    )

    reservation_minutes: float = Field(
        default=15,
        gt=0,
        le=24 * 60,
        description="How long an unpaid order keeps its stock, minutes.",
    )
    payment_provider: Literal["sandbox", "stripe"] = Field(
        default="sandbox",
        description="Who takes the payments: `sandbox` (test cards, no money moves) or `stripe`.",
    )
    payment_poll_after_s: float = Field(
        default=10,
        gt=0,
        description="Age in seconds from which the provider is asked about a payment it has not "
        "reported, in case its webhook was lost.",
    )
    gateway_late_s: float = Field(
        default=0,
        ge=0,
        description="The sandbox's late test card answers after this many seconds; 0: five minutes "
        "after `reservation_minutes`, when the order is gone.",
    )

    # the platform
    spark_master: str = Field(
        default="yarn",
        pattern=r"^(yarn|local\[(\d+|\*)\])$",
        description="Where Spark runs: `yarn` or `local[N]`.",
    )
    spark_connect_url: str = Field(
        default="",
        description="The Spark Connect server, where the batch jobs run: `sc://host:port`. "
        "PySpark sends the token to `localhost` or over TLS only.",
    )
    spark_driver_memory: str = Field(
        default="768m", pattern=_MEMORY, description="Memory of the Connect server."
    )
    spark_executor_memory: str = Field(
        default="1g", pattern=_MEMORY, description="Memory of each of its executors."
    )
    spark_executor_cores: int = Field(
        default=2, ge=1, description="Tasks that one executor works on at a time."
    )
    spark_executors_min: int = Field(
        default=1, ge=0, description="Executors that stay when nothing runs: the jobs start warm."
    )
    spark_executors_max: int = Field(
        default=1, ge=1, description="Most executors, allocated as the work asks for them."
    )
    spark_shuffle_partitions: int = Field(
        default=4, ge=1, description="Tasks of a shuffle, and most files that a landing writes."
    )
    spark_batch_queue: str = Field(default="batch", description="YARN queue of the Connect server.")
    spark_stream_queue: str = Field(
        default="streams", description="YARN queue of the stock-alert stream."
    )
    spark_java_options: str = Field(
        default="-XX:TieredStopAtLevel=1",
        description="Java options of Spark's drivers and executors. The default suits jobs "
        "of seconds on a laptop; for hours of work on a cluster leave it empty.",
    )
    deduplication_days: int = Field(
        default=35,
        ge=1,
        description="For how many days after it came a copy of an event is recognised whatever "
        "time it says; one that says the same month is recognised for ever. Longer than Kafka "
        "keeps messages.",
    )
    landing_max_records: int = Field(
        default=2_000_000,
        ge=1,
        description="How many Kafka messages one run of `ingest_events` reads at most; what is left"
        " is the next run's, which follows at once.",
    )
    ingest_schedule: str = Field(
        default="0 * * * *",
        description="Cron line (UTC) at which `ingest_events` runs at the latest; it runs when "
        "messages come. Empty: only when started by hand.",
    )
    ingest_min_interval_s: float = Field(
        default=120,
        ge=10,
        description="Shortest time in seconds between two runs of `ingest_events` that messages "
        "start: under steady traffic a run has what came in so long.",
    )
    snapshot_days: int = Field(
        default=7,
        ge=0,
        description="For how many days a table of the lake can be read as it was (time travel); "
        "older snapshots expire each night.",
    )
    quarantine_days: int = Field(
        default=90,
        ge=1,
        description="For how many days the quarantine keeps the text of a message; then only why"
        " it was refused, and where it is in `lake.raw.events`, which keeps it.",
    )
    outbox_days: int = Field(
        default=90,
        ge=1,
        description="For how many days the shop keeps events in its outbox that Kafka has.",
    )
    airflow_days: int = Field(
        default=90,
        ge=1,
        description="For how many days Airflow keeps runs, their results and their logs.",
    )
    data_docs_results: int = Field(
        default=200,
        ge=1,
        description="How many of the newest validation results are kept and have a page in the"
        " Data Docs; a run of `ingest_events` makes one for each of its suites, a dozen at most.",
    )
    kafka_bootstrap: str = Field(default="", description="Kafka brokers, `host:port,…`.")
    kafka_replication: int = Field(
        default=1, ge=1, description="Copies of each topic; at most the number of brokers."
    )
    kafka_node_id: int = Field(
        default=1, ge=1, description="Number of the broker that runs with these settings."
    )
    kafka_voters: str = Field(
        default="", description="Kafka's controllers, `id@host:port,…`, this one among them."
    )
    hdfs_replication: int = Field(
        default=1, ge=1, description="Copies of each HDFS block; at most the number of DataNodes."
    )
    hdfs_uri: str = Field(default="", description="HDFS, the value of `fs.defaultFS`.")
    warehouse: str = Field(default="", description="Folder of the Iceberg tables on HDFS.")
    namenode_url: str = Field(default="", description="Web address of the HDFS NameNode.")
    yarn_rm_url: str = Field(default="", description="Web address of the YARN ResourceManager.")
    airflow_url: str = Field(default="", description="Web address of Airflow.")
    shop_url: str = Field(default="", description="Web address of the shop.")
    gateway_url: str = Field(
        default="", description="Web address of the sandbox gateway's payment pages."
    )
    gateway_api_url: str = Field(
        default="", description="Where the shop calls the sandbox gateway, if that is elsewhere."
    )
    webhook_url: str = Field(
        default="", description="Where the sandbox gateway tells the shop what became of a payment."
    )
    stripe_api_url: str = Field(
        default="https://api.stripe.com", description="Web address of Stripe's API."
    )
    inbox_url: str = Field(default="", description="Web address of the mail catcher.")
    data_docs_url: str = Field(default="", description="Web address of the Data Docs.")
    smtp_host: str = Field(default="", description="Mail server that sends the report.")
    smtp_port: int = Field(default=0, description="Its port.")
    postgres_host: str = Field(
        default="", description="PostgreSQL of the shop, of Airflow and of the Iceberg catalog."
    )
    postgres_port: int = Field(default=0, description="Its port.")

    # secrets: generated at the first start, never given a default
    postgres_password: str = Field(
        default="", description="PostgreSQL superuser `postgres`, used for setup only."
    )
    shop_db_password: str = Field(default="", description="PostgreSQL role `shopnow`.")
    airflow_db_password: str = Field(default="", description="PostgreSQL role `airflow`.")
    lake_db_password: str = Field(
        default="", description="PostgreSQL role `lake` (the Iceberg catalog)."
    )
    airflow_admin_password: str = Field(default="", description="Airflow user `admin`.")
    airflow_fernet_key: str = Field(
        default="", description="Encrypts what Airflow stores: 32 bytes, URL-safe base64."
    )
    airflow_jwt_secret: str = Field(
        default="", description="Signs the tokens between Airflow's processes."
    )
    secret_key: str = Field(default="", description="Signs the shop's sessions and order links.")
    webhook_secret: str = Field(
        default="", description="Signs what the sandbox gateway posts to the shop."
    )
    gateway_secret: str = Field(default="", description="Lets the shop in at the sandbox gateway.")
    gateway_db_password: str = Field(
        default="", description="PostgreSQL role `gateway` (the sandbox gateway)."
    )
    stripe_api_key: str = Field(default="", description="Stripe's secret key, `sk_…`.")
    stripe_webhook_secret: str = Field(
        default="", description="Stripe's signing secret of the webhook endpoint, `whsec_…`."
    )
    spark_connect_token: str = Field(
        default="", description="Lets clients in at the Spark Connect server."
    )
    shop_admin_password: str = Field(
        default="", description=f"First password of the shop's account `{SHOP_ADMIN}`."
    )

    @field_validator("managers_email", mode="before")
    @classmethod
    def _split_addresses(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("managers_email")
    @classmethod
    def _deliverable(cls, value: list[str]) -> list[str]:
        return [normal_address(address) for address in value]

    @field_validator("sender_email", "shop_sender_email")
    @classmethod
    def _bare_sender(cls, value: str) -> str:
        return sender_address(value)

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        ZoneInfo(value)
        return value

    @model_validator(mode="after")
    def _derive(self) -> "Settings":
        self.gateway_late_s = self.gateway_late_s or self.reservation_minutes * 60 + 300
        self.spark_connect_url = self.spark_connect_url or (
            f"sc://localhost:{self.port('spark_connect')}"
        )
        self.kafka_bootstrap = self.kafka_bootstrap or f"{self.host}:{self.port('kafka')}"
        self.kafka_voters = self.kafka_voters or (
            f"{self.kafka_node_id}@{self.host}:{self.port('kafka_controller')}"
        )
        self.hdfs_uri = self.hdfs_uri or f"hdfs://{self.host}:{self.port('namenode')}"
        self.warehouse = self.warehouse or f"{self.hdfs_uri}/shopnow/warehouse"
        self.namenode_url = self.namenode_url or self._http("namenode_http")
        self.yarn_rm_url = self.yarn_rm_url or self._http("resourcemanager_http")
        self.airflow_url = self.airflow_url or self._http("airflow")
        self.shop_url = self.shop_url or self._http("shop")
        self.gateway_url = self.gateway_url or self._http("gateway")
        self.gateway_api_url = self.gateway_api_url or self.gateway_url
        self.webhook_url = self.webhook_url or f"{self.shop_url}/api/v1/webhooks/sandbox"
        self.inbox_url = self.inbox_url or self._http("inbox")
        self.data_docs_url = self.data_docs_url or self._http("data_docs")
        self.smtp_host = self.smtp_host or self.host
        self.smtp_port = self.smtp_port or self.port("smtp")
        self.postgres_host = self.postgres_host or self.host
        self.postgres_port = self.postgres_port or self.port("postgres")
        return self

    @property
    def reservation(self) -> timedelta:
        """How long an unpaid order keeps its stock."""
        return timedelta(minutes=self.reservation_minutes)

    def _http(self, name: str) -> str:
        return f"http://{self.host}:{self.port(name)}"

    def port(self, name: str) -> int:
        """The port of a service of the embedded stack (see `BASE_PORTS`), offset included."""
        return BASE_PORTS[name] + self.port_offset

    @property
    def shop_pg_dsn(self) -> str:
        """libpq URL of the shop's database (schemas `shop` and `kpi`)."""
        return self._pg("shopnow", self.shop_db_password, "shopnow")

    @property
    def shop_dsn(self) -> str:
        """The same for SQLAlchemy with psycopg 3."""
        return self.shop_pg_dsn.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def gateway_dsn(self) -> str:
        """SQLAlchemy URL of the sandbox gateway's database, which the shop's role cannot enter."""
        return self._pg("gateway", self.gateway_db_password, "gateway").replace(
            "postgresql://", "postgresql+psycopg://", 1
        )

    @property
    def airflow_dsn(self) -> str:
        """SQLAlchemy URL of Airflow's metadata database."""
        return self._pg("airflow", self.airflow_db_password, "airflow").replace(
            "postgresql://", "postgresql+psycopg2://", 1
        )

    @property
    def admin_pg_dsn(self) -> str:
        """libpq URL of the superuser, for setup only."""
        return self._pg("postgres", self.postgres_password, "postgres")

    @property
    def lake_jdbc_url(self) -> str:
        """JDBC URL of the Iceberg catalog (user `lake`, password `lake_db_password`)."""
        return f"jdbc:postgresql://{self.postgres_host}:{self.postgres_port}/lake"

    @property
    def data_docs(self) -> Path:
        """Folder of the Great Expectations Data Docs site."""
        return self.home / "data_docs"

    def _pg(self, user: str, password: str, database: str) -> str:
        address = f"{self.postgres_host}:{self.postgres_port}"
        return f"postgresql://{user}:{password}@{address}/{database}"


def settings_file(home: Path) -> Path:
    """The one settings file of a state folder."""
    return home / "settings.env"


def ensure_settings_file(home: Path) -> Path:
    """Generate the secrets that the settings file lacks, and the file if there is none.

    The file may already have lines that a person added. Mode 0600 from its first byte; under a
    lock, so that of two starts the second sees what the first has added; one write, so that a start
    that is killed adds all of it or nothing. Secrets are URL-safe: they need no quoting in a DSN.
    Returns the file's path.
    """
    path = settings_file(home)
    home.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        known = {line.partition("=")[0].strip() for line in text.splitlines()}
        missing = [name for name in SECRET_NAMES if f"SHOPNOW_{name.upper()}" not in known]
        if missing:
            before = "" if text.endswith("\n") else "\n" if text else f"{_FIRST_LINE}\n"
            file.write(before + "".join(f"{_generated(name)}\n" for name in missing))
            file.flush()
            os.fsync(file.fileno())
    return path


def _generated(name: str) -> str:
    """The line of the settings file with a new secret."""
    # Fernet wants exactly 32 bytes in URL-safe base64, padding included.
    # Airflow signs its tokens with SHA-512, which wants a key of 64 bytes.
    size = 64 if name == "airflow_jwt_secret" else 32
    value = secrets.token_urlsafe(size) + ("=" if name == "airflow_fernet_key" else "")
    return f"SHOPNOW_{name.upper()}={value}"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process: environment over `SHOPNOW_HOME/settings.env`."""
    path = settings_file(home_from_environment())
    return Settings(_env_file=path if path.exists() else None)
