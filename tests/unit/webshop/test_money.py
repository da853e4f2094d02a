from decimal import Decimal

import pytest

from webshop.domain.money import format_amount


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("18", "18.00"),
        ("18.5", "18.50"),
        ("0", "0.00"),
        ("2.955", "2.955"),
        ("2.9550", "2.955"),
        ("0.0001", "0.0001"),
        ("10.0000", "10.00"),
        ("99999999999999.9999", "99999999999999.9999"),
    ],
)
def test_amounts_keep_every_decimal_and_at_least_two(amount: str, written: str) -> None:
    assert format_amount(Decimal(amount)) == written


def test_an_amount_is_never_rounded_silently() -> None:
    with pytest.raises(ValueError, match="more than four decimals"):
        format_amount(Decimal("1.00001"))
