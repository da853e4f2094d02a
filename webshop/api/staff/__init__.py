"""What staff see and do. Every route requires the role manager or admin.

Every POST needs an Idempotency-Key; every change leaves a line in the audit log.
"""

from webshop.api.staff import (
    accounts,
    audit,
    customers,
    indicators,
    mails,
    orders,
    products,
    promotions,
    returns,
    stock,
)

#: Modules with a `blueprint` each.
PARTS = (
    *(indicators, orders, returns, products, stock, customers, promotions, mails),
    *(audit, accounts),
)
