"""What all tables share: naming of constraints, and the types of money and time."""

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData, Numeric, func

SHOP = "shop"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

MONEY = Numeric(18, 4)
MOMENT = DateTime(timezone=True)

ORDER_STATUSES = ("pending_payment", "payment_failed", "paid", "shipped", "cancelled", "refunded")
STOCK_REASONS = ("sale", "release", "reservation", "restock", "count", "return", "adjustment")


def one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def recorded_at(name: str = "created_at") -> Column:
    return Column(name, MOMENT, nullable=False, server_default=func.now())
