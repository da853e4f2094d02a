"""A crowd in the shop: shoppers side by side, and a summary of how their visits ended."""

import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from decimal import Decimal
from statistics import quantiles

import httpx
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from shopnow.settings import get_settings
from webshop.api.http.limits import LOAD_HEADER, load_token
from webshop.simulation.plan import Intent, Shopper, plan_shoppers
from webshop.simulation.shop_requests import API
from webshop.simulation.visit import Product, UnexpectedAnswer, Visit, visit_shop

#: Shoppers who are in the shop at the same time.
CONCURRENT_SHOPPERS = 6

#: How much of the catalogue the shoppers see.
_PAGE, _PAGES = 100, 3


def send_shoppers(count: int, seed: int) -> None:
    """Play `count` shoppers and print how their visits ended.

    Raises typer.Exit(1) when the shop fails or answers with what no shopper should get.
    """
    console = Console(highlight=False)
    settings = get_settings()
    plan = plan_shoppers(count, seed)
    started = time.monotonic()
    with httpx.Client(
        base_url=settings.shop_url,
        timeout=30,
        headers={LOAD_HEADER: load_token(settings.secret_key.encode())},
        limits=httpx.Limits(max_connections=CONCURRENT_SHOPPERS),
    ) as http:
        try:
            catalogue = _read_catalogue(http)
        except httpx.HTTPError as error:
            typer.echo(f"The shop at {settings.shop_url} does not answer: {error}", err=True)
            raise typer.Exit(1) from error
        if not catalogue:
            typer.echo("The shop has no products to buy. Fill it: shopnow up", err=True)
            raise typer.Exit(1)
        visits, failures = _play(http, plan, catalogue, console)
    _print_summary(console, visits, failures, time.monotonic() - started, settings.currency)
    if failures:
        raise typer.Exit(1)


def _read_catalogue(http: httpx.Client) -> list[Product]:
    products: list[Product] = []
    after: str | None = None
    for _ in range(_PAGES):
        params: dict[str, str | int] = {"limit": _PAGE} | ({"after": after} if after else {})
        page = http.get(f"{API}/products", params=params).raise_for_status().json()
        products += page["items"]
        after = page["next"]
        if after is None:
            break
    return products


def _play(
    http: httpx.Client, plan: list[Shopper], catalogue: list[Product], console: Console
) -> tuple[list[Visit], list[str]]:
    """Run all visits; the shopper who buys a product out comes last."""
    visits: list[Visit] = []
    failures: list[str] = []
    crowd = [shopper for shopper in plan if shopper.intent is not Intent.EMPTY_SHELF]
    last = [shopper for shopper in plan if shopper.intent is Intent.EMPTY_SHELF]
    with ThreadPoolExecutor(CONCURRENT_SHOPPERS) as pool:
        for group in (crowd, last):
            played = [pool.submit(visit_shop, http, shopper, catalogue) for shopper in group]
            for done in _shown(played, console):
                try:
                    visits.append(done.result())
                except (UnexpectedAnswer, httpx.HTTPError) as error:
                    failures.append(f"{type(error).__name__}: {error}")
    return visits, failures


def _shown(played: list[Future[Visit]], console: Console) -> Iterable[Future[Visit]]:
    done = as_completed(played)
    if not console.is_terminal:
        return done
    return track(done, "shoppers", total=len(played), console=console, transient=True)


def _print_summary(
    console: Console, visits: list[Visit], failures: list[str], seconds: float, currency: str
) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    outcomes = Counter(visit.outcome for visit in visits if visit.outcome)
    for outcome, count in sorted(outcomes.items()):
        table.add_row(outcome.value, f"{count:,}")
    if failures:
        table.add_row("failed", f"{len(failures):,}")
    table.add_row("shoppers", f"{len(visits) + len(failures):,}")
    console.print(table)
    calls = [call for visit in visits for call in visit.seconds]
    orders = sum(visit.paid_orders for visit in visits)
    amount = sum((visit.paid_amount for visit in visits), Decimal(0))
    console.print(f"{orders:,} orders paid, {amount:,.2f} {currency}")
    emptied = [visit.emptied_sku for visit in visits if visit.emptied_sku]
    if emptied:
        console.print(f"sold out: {', '.join(emptied)}")
    if len(calls) > 1:
        slow = quantiles(calls, n=20)[-1] * 1000
        console.print(f"{len(calls):,} calls in {seconds:.1f} s, 95 % within {slow:.0f} ms")
    for failure in failures[:10]:
        console.print(f"[red]{failure}[/red]" if console.is_terminal else failure, markup=True)
