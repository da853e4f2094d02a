"""Checkouts while servers are killed at random, and the proof that nothing came apart.

Clients buy, are declined, abandon, cancel and use a promotion code through the API; meanwhile the
shop, the relay, PostgreSQL and Kafka are killed with SIGKILL, one after another at random, and the
supervisor starts them again. When all is quiet, the database is held against Kafka. Exit status 1
if a line of the proof fails.
"""

import argparse
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

import psycopg

from benchmarks.fixtures import on_sale
from benchmarks.results import print_json, print_line, print_table
from benchmarks.running import StackNotRunning, command, not_ready, running_settings, supervisor_of
from ops.local_stack.orphans import family
from shopnow.settings import Settings
from tests.resilience.proof import Finding, end_offsets, gather, prove
from tests.resilience.shopper import PLANS, CallLog, GaveUp, Plan, Shopper

TARGETS = ("shop", "relay", "postgres", "kafka")
PRODUCTS = 40
UNITS = 1_000_000
#: How long services may take to come back, and the outbox to run empty, seconds.
SETTLED_WITHIN_S = 180.0
_WAITING = "SELECT count(*) FROM shop.outbox_pending"
_UNPAID = """
SELECT count(DISTINCT order_id) FROM shop.orders JOIN shop.order_lines USING (order_id)
WHERE sku = ANY(%s) AND status IN ('pending_payment', 'payment_failed')
"""
# What a shopper abandoned would keep its stock for a quarter of an hour: its time is over now, and
# it is cancelled first, before the orders of other measurements.
_TIME_IS_OVER = """
UPDATE shop.orders SET expires_at = placed_at - interval '1 day'
WHERE status IN ('pending_payment', 'payment_failed') AND order_id IN
    (SELECT order_id FROM shop.order_lines WHERE sku = ANY(%s))
"""


@dataclass(frozen=True)
class Outcome:
    """What happened: checkouts by plan, kills by service, and the proof."""

    seconds: float
    checkouts: dict[str, int]
    orders: int
    retries: int
    kills: dict[str, int]
    failures: list[str]
    proof: list[Finding]

    @property
    def holds(self) -> bool:
        """Whether every line of the proof holds and every shopper got through."""
        return not self.failures and all(finding.holds for finding in self.proof)


class Killer:
    """Kills services at random, each with all its processes, while they serve."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self._settings = settings
        self._random = random.Random(seed)
        self.kills: Counter[str] = Counter()

    def run(self, stopping: threading.Event, pause_s: tuple[float, float], most: int) -> None:
        """Kill until stopped or the maximum is reached: each in turn, in random order."""
        while self.kills.total() < most and not stopping.wait(self._random.uniform(*pause_s)):
            # One that is still starting is left alone: supervisord gives up what dies too often
            # then, and a broker that never gets ready would end the checkouts, not test them.
            fewest = min(self.kills[name] for name in TARGETS)
            due = [name for name in TARGETS if self.kills[name] == fewest]
            ready = [name for name in due if not_ready(self._settings, name) is None]
            if ready and not stopping.is_set():
                self._kill(self._random.choice(ready))

    def _kill(self, service: str) -> None:
        for pid in family(supervisor_of(self._settings).info(service)["pid"]):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.kills[service] += 1
        print(f"killed {service}", file=sys.stderr)


def plans(count: int, chosen: Sequence[Plan], seed: int) -> list[Plan]:
    """This many plans in random order, mixed as `PLANS` says."""
    weights = [PLANS[plan] for plan in chosen]
    return random.Random(seed).choices(chosen, weights, k=count)


@contextmanager
def killing(killer: Killer, pause_s: tuple[float, float], most: int) -> Iterator[None]:
    """Kill services beside what is done here; at the end all of them serve again."""
    stopping = threading.Event()
    thread = threading.Thread(target=killer.run, args=(stopping, pause_s, most))
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def run_chaos(
    settings: Settings,
    *,
    count: int,
    clients: int,
    kills: int,
    pause_s: tuple[float, float] = (2.0, 8.0),
    chosen: Sequence[Plan] = tuple(PLANS),
    seed: int = 0,
) -> Outcome:
    """Play the checkouts, kill, settle and prove. Raises StackNotRunning if the stack does not
    settle.
    """
    begun = time.monotonic()
    since = end_offsets(settings)
    work = plans(count, chosen, seed)
    call_logs = [CallLog() for _ in range(clients)]
    killer = Killer(settings, seed)
    with on_sale(settings, [UNITS] * PRODUCTS) as skus:

        def shop(number: int) -> None:
            call_log = call_logs[number]
            shopper = Shopper(settings.shop_url, call_log, seed * 1_000 + number)
            for plan in work[number::clients]:
                try:
                    shopper.run_plan(plan, skus)
                except GaveUp as error:
                    call_log.failures.append(f"{plan}: {error}")
            shopper.close()

        with killing(killer, pause_s, kills), ThreadPoolExecutor(clients) as pool:
            list(pool.map(shop, range(clients)))
        with psycopg.connect(settings.shop_pg_dsn, autocommit=True) as connection:
            _settle(settings, connection, skus)
            evidence = gather(settings, connection, skus, since)
    contradictions = list(chain.from_iterable(j.contradictions for j in call_logs))
    proof = prove(evidence, contradictions)
    proof.append(_no_order_lost(call_logs, evidence.orders))
    failures = list(chain.from_iterable(call_log.failures for call_log in call_logs))
    return Outcome(
        seconds=time.monotonic() - begun,
        checkouts=dict(Counter(work)),
        orders=len(evidence.orders),
        retries=sum(call_log.retries for call_log in call_logs),
        kills=dict(killer.kills),
        failures=failures,
        proof=proof,
    )


def _no_order_lost(call_logs: Sequence[CallLog], committed: set[str]) -> Finding:
    confirmed = set(chain.from_iterable(call_log.orders for call_log in call_logs))
    return Finding(
        "orders confirmed to shoppers are the committed ones",
        f"{len(confirmed)} confirmed",
        f"{len(committed)} committed",
        confirmed == committed,
    )


def _settle(settings: Settings, connection: psycopg.Connection[Any], skus: list[str]) -> None:
    """Wait until all serve, nobody has time to pay left, and the outbox is empty."""
    for service in TARGETS:
        if not _wait(lambda name=service: not_ready(settings, name) is None, SETTLED_WITHIN_S):
            raise StackNotRunning(f"{service} does not come back: {not_ready(settings, service)}")
    connection.execute(_TIME_IS_OVER, [skus])
    for query, parameters, what in (
        (_UNPAID, [skus], "unpaid orders are not cancelled"),
        (_WAITING, [], "the outbox does not run empty"),
    ):
        if not _wait(
            lambda q=query, p=parameters: connection.execute(q, p).fetchone() == (0,),
            SETTLED_WITHIN_S,
        ):
            raise StackNotRunning(f"After {SETTLED_WITHIN_S:.0f} s {what}: see the relay's log.")


def _wait(condition: Any, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="checkouts")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--kills", type=int, default=1_000_000, help="at most; default: no limit")
    parser.add_argument(
        "--plans", default=",".join(PLANS), help="kinds of checkouts to choose from"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    settings = running_settings(*TARGETS, "payment-gateway")
    if getattr(settings, "rate_limits", False):
        raise StackNotRunning(
            "The shop limits the calls of an address, and all shoppers come from one: "
            "start the stack with SHOPNOW_RATE_LIMITS=false."
        )
    outcome = run_chaos(
        settings,
        count=options.count,
        clients=options.clients,
        kills=options.kills,
        chosen=[plan for plan in PLANS if plan in options.plans.split(",")],
        seed=options.seed,
    )
    if options.json:
        print_json(asdict(outcome))
    else:
        _print(outcome)
    return 0 if outcome.holds else 1


def _print(outcome: Outcome) -> None:
    rows = [
        [finding.claim, finding.left, finding.right, "yes" if finding.holds else "NO"]
        for finding in outcome.proof
    ]
    print_table("After the chaos", ["", "one side", "other side", "holds"], rows)
    print_line(
        f"{sum(outcome.checkouts.values())} checkouts {outcome.checkouts}, {outcome.orders} orders"
    )
    print_line(
        f"{sum(outcome.kills.values())} kills {outcome.kills}, {outcome.retries} calls repeated"
    )
    print_line(f"{outcome.seconds:.0f} s")
    for failure in outcome.failures[:20]:
        print_line(f"NOT SERVED: {failure}")


if __name__ == "__main__":
    command(main)
