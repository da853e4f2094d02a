"""Which products shoppers can see and buy: the one condition of catalogue, search and carts."""

from babel.numbers import list_currencies
from sqlalchemy import ARRAY, Text, any_, case, func, literal

from webshop.adapters.tables import products
from webshop.domain.money import smallest_amount

_WITHOUT_CENTS = sorted(code for code in list_currencies() if smallest_amount(code) == 1)
_HAS_NO_CENTS = products.c.currency == any_(literal(_WITHOUT_CENTS, ARRAY(Text)))

#: As `webshop.domain.catalogue.products.why_not_for_sale` has it; a constraint keeps cents.
FOR_SALE = (
    products.c.active
    & (products.c.kind == "product")
    & (products.c.price > 0)
    & case((_HAS_NO_CENTS, products.c.price == func.trunc(products.c.price)), else_=True)
)
