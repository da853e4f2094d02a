"""`shopnow simulate`: shoppers on the shop's public API."""

from typing import Annotated

import typer


def simulate(
    shoppers: Annotated[int, typer.Option(min=1, max=100_000, help="How many come.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed plans the same visits.")] = 1,
) -> None:
    """Send shoppers through the shop's API: some browse, search, abandon a cart, buy, have a card
    declined, and the last one runs a product out of stock.

    Exits with 1 when the shop fails or answers with what no shopper should get.
    """
    from webshop.simulation.crowd import send_shoppers

    send_shoppers(shoppers, seed)
