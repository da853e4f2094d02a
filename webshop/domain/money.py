"""Money: Decimal with at most four decimals, never a float."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
#: What a product is taxed at unless the catalogue says otherwise: the French standard rate.
STANDARD_VAT_RATE = Decimal("0.2000")

_SCALE = Decimal("0.0001")


def format_amount(amount: Decimal) -> str:
    """An amount as events and answers write it: two decimals, or up to four where needed.

    Raises ValueError if the amount has more than four decimals: rounding is the caller's choice.
    """
    exact = amount.quantize(_SCALE)
    if exact != amount:
        raise ValueError(f"{amount} has more than four decimals")
    cents = exact.quantize(CENT)
    return str(cents) if cents == exact else str(exact).rstrip("0")


def smallest_amount(currency: str) -> Decimal:
    """The least that can be paid in a currency: its smallest unit, such as 1 yen.

    A cent where the unit is smaller: the shop keeps its prices in hundredths.
    """
    return max(Decimal(1).scaleb(-get_currency_precision(currency)), CENT)


def to_price(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded to what can be paid in its currency, half a unit up."""
    return amount.quantize(smallest_amount(currency), ROUND_HALF_UP)


def to_cents(amount: Decimal) -> Decimal:
    """An amount rounded to the cent, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)
