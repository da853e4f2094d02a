"""Composition root: which adapters the shop runs with, made from its settings in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection, Engine, create_engine

from shopnow.settings import Settings
from webshop.adapters.accounts.one_time_codes import OneTimeCodes
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.json_rows import to_json
from webshop.adapters.messaging.browsing_publisher import BrowsingPublisher
from webshop.adapters.ordering.sandbox_payments import SandboxGateway
from webshop.adapters.ordering.stripe_payments import StripeGateway
from webshop.domain.ordering.payments import PaymentGateway


@dataclass(frozen=True)
class Shop:
    """What the shop's entry points work with."""

    settings: Settings
    engine: Engine
    gateway: PaymentGateway
    browsing: BrowsingPublisher
    secret_key: bytes = field(repr=False)
    passwords: Passwords = field(default_factory=Passwords)

    @cached_property
    def one_time_codes(self) -> OneTimeCodes:
        """The codes of second factors, sealed by the secret key."""
        return OneTimeCodes(self.secret_key)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A database transaction: committed at the end, rolled back if anything is raised."""
        with self.engine.begin() as connection:
            yield connection


def database_engine(
    settings: Settings, *, pool_size: int = 16, lock_timeout_ms: int = 10_000
) -> Engine:
    """The shop's database with at most `pool_size` connections a process.

    Statements give up after 15 s and lock waits after `lock_timeout_ms`: a request is answered
    with an error rather than never.
    """
    options = f"-c statement_timeout=15000 -c lock_timeout={lock_timeout_ms} -c timezone=UTC"
    return create_engine(
        settings.shop_dsn,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        # The connection used last has its statements prepared, and is warm in the database.
        pool_use_lifo=True,
        # A database that was restarted is noticed here, not by a shopper.
        pool_pre_ping=True,
        # An error is logged with its statement; what was in it may be a password's hash.
        hide_parameters=True,
        json_serializer=to_json,
        connect_args={"connect_timeout": 5, "options": options},
    )


def payment_gateway(settings: Settings) -> PaymentGateway:
    """The payment provider that the settings name; connects to nothing yet.

    Raises ValueError when they lack one of its secrets.
    """
    if settings.payment_provider == "stripe":
        return StripeGateway(
            settings.stripe_api_key, settings.stripe_webhook_secret, settings.stripe_api_url
        )
    return SandboxGateway(
        settings.gateway_api_url, settings.gateway_secret, settings.webhook_secret
    )


def bootstrap(settings: Settings) -> Shop:
    """The shop on its real adapters; connects to nothing yet.

    Raises ValueError when the settings hold no secret key, or none of the payment provider's.
    """
    if not settings.secret_key:
        raise ValueError("SHOPNOW_SECRET_KEY is not set: run `shopnow up`, which generates it.")
    return Shop(
        settings=settings,
        engine=database_engine(settings),
        gateway=payment_gateway(settings),
        browsing=BrowsingPublisher(settings.kafka_bootstrap),
        secret_key=settings.secret_key.encode(),
        passwords=Passwords(settings.password_hash_memory_kib),
    )
