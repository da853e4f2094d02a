"""What the shop's integration tests share: its API, its database, and a reader of its topics."""

import json
import os
import random
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
import pytest
from confluent_kafka import Consumer, Message, TopicPartition
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from psycopg.rows import dict_row

from benchmarks.chromium import NO_BROWSER, find_browser
from webshop.simulation.hosted_page import GOOD_CARD, submit_card

ADDRESS = {"line1": "1 rue de la Paix", "postal_code": "75002", "city": "Paris"}


def checkout_body(**more: Any) -> dict[str, Any]:
    """What a checkout asks for; `more` joins it, or replaces parts of it."""
    known = {"email": "zoe@example.org", "name": "Zoé", "address": ADDRESS, "country": "FR"}
    return known | more


@dataclass(frozen=True)
class Attempt:
    """An attempt to pay: the shop's first answer, and the payment as it was seen last."""

    answer: httpx.Response
    payment: dict[str, Any] | None

    @property
    def outcome(self) -> str | int:
        """`succeeded`, `failed` or `pending`; the HTTP status if the shop took no payment on."""
        return self.payment["status"] if self.payment else self.answer.status_code


@dataclass(frozen=True)
class Shopper:
    """Someone with an HTTP client of the shop's public API."""

    http: httpx.Client

    def cart_with(self, sku: str, quantity: int) -> str:
        """A new cart that holds this; its id."""
        cart = self.http.post("/carts", json={"session_id": str(uuid.uuid4())}).raise_for_status()
        cart_id: str = cart.json()["cart_id"]
        item = {"sku": sku, "quantity": quantity}
        self.http.post(f"/carts/{cart_id}/items", json=item).raise_for_status()
        return cart_id

    def check_out(self, cart_id: str, key: str | None = None, **more: Any) -> httpx.Response:
        """Ask for the order of a cart; `more` joins the body, or replaces parts of it."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        body = checkout_body(**more)
        return self.http.post(f"/carts/{cart_id}/checkout", json=body, headers=headers)

    def order(self, sku: str, quantity: int, **more: Any) -> dict[str, Any]:
        """An unpaid order of this; `more` joins the checkout's body."""
        placed: dict[str, Any] = (
            self.check_out(self.cart_with(sku, quantity), **more).raise_for_status().json()
        )
        return placed

    def paid_order(self, sku: str, quantity: int, **more: Any) -> dict[str, Any]:
        """A paid order of this, as its checkout answered."""
        placed = self.order(sku, quantity, **more)
        assert self.pay(placed).outcome == "succeeded"
        return placed

    def start_payment(
        self, order: dict[str, Any], key: str | None = None, **body: Any
    ) -> httpx.Response:
        """Ask for the page on which to pay an order."""
        headers = token(order) | {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.http.post(f"/orders/{order['order_id']}/payments", json=body, headers=headers)

    def payment(self, order: dict[str, Any], payment_id: str) -> dict[str, Any]:
        """A payment as the shop sees it now."""
        url = f"/orders/{order['order_id']}/payments/{payment_id}"
        found: dict[str, Any] = self.http.get(url, headers=token(order)).raise_for_status().json()
        return found

    def settled(self, order: dict[str, Any], payment_id: str) -> dict[str, Any]:
        """A payment once it is no longer pending; as it is after 30 s if it stays so."""
        deadline = time.monotonic() + 30
        while True:
            found = self.payment(order, payment_id)
            if found["status"] != "pending" or time.monotonic() > deadline:
                return found
            time.sleep(0.05)

    def pay(self, order: dict[str, Any], card: str = GOOD_CARD, key: str | None = None) -> Attempt:
        """Try to pay an order on the payment provider's page, and wait for what becomes of it."""
        answer = self.start_payment(order, key)
        if answer.status_code != httpx.codes.CREATED:
            return Attempt(answer, None)
        started = answer.json()
        submit_card(self.http, started["redirect_url"], card)
        return Attempt(answer, self.settled(order, started["payment_id"]))

    def status(self, order: dict[str, Any]) -> str:
        """Where the order stands."""
        url = f"/orders/{order['order_id']}"
        status: str = self.http.get(url, headers=token(order)).raise_for_status().json()["status"]
        return status

    def available(self, sku: str) -> int:
        """Units for sale, as the shop says."""
        units: int = self.http.get(f"/stock/{sku}").raise_for_status().json()["available"]
        return units


def token(order: dict[str, Any]) -> dict[str, str]:
    """The header that lets its holder see an order."""
    return {"X-Order-Token": order["access_token"]}


@pytest.fixture(scope="session")
def shopper(stack: Any) -> Iterator[Shopper]:
    with httpx.Client(base_url=f"{stack.settings.shop_url}/api/v1", timeout=30) as http:
        yield Shopper(http)


@dataclass(frozen=True)
class Manager:
    """Someone of the staff with an HTTP client of the shop's API."""

    http: httpx.Client

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
        """POST `/staff/…` with an Idempotency-Key, a new one unless it is given."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.http.post(f"/staff{path}", json=body, headers=headers)

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """The answer to GET `/staff/…`."""
        answer: dict[str, Any] = (
            self.http.get(f"/staff{path}", params=params).raise_for_status().json()
        )
        return answer


@pytest.fixture
def database(stack: Any) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with psycopg.connect(
        stack.settings.shop_pg_dsn, autocommit=True, row_factory=dict_row
    ) as connection:
        yield connection


@pytest.fixture
def empty_database(stack: Any) -> Iterator[str]:
    """SQLAlchemy URL of a new database on the stack's server."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    # The shop's own role may enter its own database only.
    address = stack.settings.admin_pg_dsn
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        server = address.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0]
        yield f"{server}/{name}"
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def new_product(stack: Any) -> Callable[[int], str]:
    """Puts a new product with so many units on sale, through the shop's own services."""
    from datetime import UTC, datetime
    from decimal import Decimal

    from sqlalchemy import insert

    from webshop.adapters.catalogue.stock import lock_levels, open_stock
    from webshop.adapters.tables import products
    from webshop.bootstrap import database_engine
    from webshop.domain.catalogue.stock import restock
    from webshop.services.catalogue.stock import record_changes

    def make(units: int) -> str:
        sku = f"TEST-{uuid.uuid4().hex[:12]}"
        engine = database_engine(stack.settings, pool_size=1)
        with engine.begin() as connection:
            connection.execute(
                insert(products).values(
                    sku=sku, name=sku, category="Tests", price=Decimal("12.50"), currency="EUR"
                )
            )
            open_stock(connection, sku, reorder_point=2)
            level = lock_levels(connection, [sku])[sku]
            record_changes(connection, [restock(level, units, None)], datetime.now(UTC))
        engine.dispose()
        return sku

    return make


Events = list[dict[str, Any]]
ReadTopic = Callable[[str, Callable[[dict[str, Any]], bool], int], Events]


@pytest.fixture
def read_topic(stack: Any) -> Iterator[ReadTopic]:
    """Reads a topic from its start: `read_topic(topic, mine, expected)`.

    Answers with the events whose payload is `mine` once `expected` of them, or more, and the end
    of the topic are read; fails after 60 s. Other tests' messages may be anything.
    """
    consumer = Consumer(
        {
            "bootstrap.servers": stack.settings.kafka_bootstrap,
            "group.id": f"test-{uuid.uuid4()}",
            "enable.auto.commit": False,
        }
    )

    def read(topic: str, mine: Callable[[dict[str, Any]], bool], expected: int) -> Events:
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
        found: Events = []
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            batch = consumer.consume(2000, timeout=0.3)
            events = [event for message in batch if (event := _json(message)) is not None]
            found += [event for event in events if mine(_payload(event))]
            if not batch and len(found) >= expected:
                return found
        pytest.fail(f"{topic}: {len(found)} of {expected} expected events after 60 s")

    yield read
    consumer.close()


def _json(message: Message) -> dict[str, Any] | None:
    if message.error():
        return None
    try:
        event = json.loads(message.value())
    except (ValueError, RecursionError):  # deep nesting is one of the hostile messages
        return None
    return event if isinstance(event, dict) else None


def _payload(event: dict[str, Any]) -> dict[str, Any]:
    payload = event.get("payload")
    return payload if isinstance(payload, dict) else event


@dataclass
class Visitor:
    """A browser of somebody's own: cookies, CSRF token, and an address that nobody else has."""

    http: httpx.Client
    csrf_token: str | None = None

    def send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """A call as the shop's pages make it."""
        headers = dict(arguments.pop("headers", {}))
        if self.csrf_token is not None:
            headers["X-CSRF-Token"] = self.csrf_token
        return self.http.request(method, path, headers=headers, **arguments)

    def log_in(
        self, email: str, password: str, cart_id: str | None = None, code: str | None = None
    ) -> httpx.Response:
        """Try to log in; what the shop answered."""
        body = {"email": email, "password": password, "cart_id": cart_id, "code": code}
        answer = self.send("POST", "/session", json=body)
        if answer.is_success:
            self.csrf_token = answer.json()["csrf_token"]
        return answer

    def cart_with(self, sku: str, quantity: int) -> str:
        """A new cart that holds this, or the account's cart with this in it; its id."""
        cart = self.send("POST", "/carts", json={}).raise_for_status()
        cart_id: str = cart.json()["cart_id"]
        item = {"sku": sku, "quantity": quantity}
        self.send("POST", f"/carts/{cart_id}/items", json=item).raise_for_status()
        return cart_id

    def order(self, cart_id: str, **more: Any) -> dict[str, Any]:
        """The unpaid order of a cart; `more` joins the checkout's body."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        body = checkout_body(**more)
        answer = self.send("POST", f"/carts/{cart_id}/checkout", json=body, headers=headers)
        placed: dict[str, Any] = answer.raise_for_status().json()
        return placed

    def account(self) -> dict[str, Any] | None:
        """Who the shop says is logged in."""
        account: dict[str, Any] | None = self.http.get("/session").json()["account"]
        return account


@pytest.fixture(scope="session")
def new_visitor(stack: Any) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors, each from an address of the loopback network, as attempts count by that."""
    opened: list[httpx.Client] = []

    def make() -> Visitor:
        address = ".".join(map(str, (127, *(random.randint(1, 254) for _ in range(3)))))
        opened.append(
            httpx.Client(
                base_url=f"{stack.settings.shop_url}/api/v1",
                timeout=30,
                transport=httpx.HTTPTransport(local_address=address),
            )
        )
        return Visitor(opened[-1])

    yield make
    for client in opened:
        client.close()


PASSWORD = "une phrase que personne ne devine"


@pytest.fixture(scope="session")
def new_account(stack: Any) -> Callable[..., str]:
    """Makes a verified account with PASSWORD through the shop's own services; its e-mail."""
    from dataclasses import replace

    from webshop.adapters.accounts.accounts import add_account
    from webshop.adapters.accounts.passwords import Passwords
    from webshop.bootstrap import database_engine
    from webshop.domain.accounts.accounts import Account, Role

    def make(role: str = "customer", **fields: Any) -> str:
        account = Account(
            account_id=uuid.uuid4(),
            customer_id=str(uuid.uuid4()),
            email=f"{uuid.uuid4().hex[:16]}@example.org",
            name="Zoé Martin",
            language="fr",
            role=Role(role),
        )
        engine = database_engine(stack.settings, pool_size=1)
        with engine.begin() as connection:
            # A cheap hash; the first log-in makes a better one of it.
            add_account(connection, replace(account, **fields), Passwords(64).hash(PASSWORD))
        engine.dispose()
        return account.email

    return make


@pytest.fixture
def staff(new_visitor: Callable[[], Visitor], new_account: Callable[..., str]) -> Visitor:
    """A manager who has logged in."""
    visitor = new_visitor()
    visitor.log_in(new_account("manager"), PASSWORD).raise_for_status()
    return visitor


@pytest.fixture
def manager(staff: Visitor) -> Manager:
    """The same, with the calls of staff at hand."""
    staff.http.headers["X-CSRF-Token"] = staff.csrf_token
    return Manager(staff.http)


@pytest.fixture
def read_inbox(stack: Any) -> Callable[..., Events]:
    """Reads the mails to one address: `read_inbox(address, expected)`, oldest first.

    Waits up to 30 s until there are as many as expected.
    """

    def read(address: str, expected: int = 1) -> Events:
        found: Events = []
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            found = httpx.get(
                f"{stack.settings.inbox_url}/api/email", params={"to.address": address}, timeout=10
            ).json()
            if len(found) >= expected:
                return sorted(found, key=lambda mail: str(mail["time"]))
            time.sleep(0.2)
        pytest.fail(f"{len(found)} of {expected} mails to {address} after 30 s")

    return read


@pytest.fixture
def link_token() -> Callable[[dict[str, Any]], str]:
    """Finds the token of the link in a mail's text."""

    def find(mail: dict[str, Any]) -> str:
        found = re.search(r"[?&]token=([\w.%-]+)", mail["text"])
        assert found is not None, mail["text"]
        return found[1]

    return find


@pytest.fixture
def password() -> str:
    """The password of every account of `new_account`."""
    return PASSWORD


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    executable = find_browser()
    if executable is None:
        # On CI a skipped test would look like a passed one.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BROWSER)
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not work for root, whom containers run as.
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()
