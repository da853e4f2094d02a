"""Money: Decimal with at most four decimals, never a float."""

from decimal import Decimal

ZERO = Decimal("0.00")
_SCALE = Decimal("0.0001")
_CENTS = Decimal("0.01")


def format_amount(amount: Decimal) -> str:
    """An amount as events and answers write it: two decimals, or up to four where needed.

    Raises ValueError if the amount has more than four decimals: rounding is the caller's choice.
    """
    exact = amount.quantize(_SCALE)
    if exact != amount:
        raise ValueError(f"{amount} has more than four decimals")
    cents = exact.quantize(_CENTS)
    return str(cents) if cents == exact else str(exact).rstrip("0")
