"""Promotions: codes that take something off an order, and when they do not."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from webshop.domain.money import CENT, ZERO, to_cents

Kind = Literal["percent", "amount", "free_shipping"]
Refusal = Literal["unknown", "expired", "minimum", "used_up", "already_used"]


@dataclass(frozen=True)
class Promotion:
    """One code, in capitals. `value` is per cent or an amount; `uses` are those not given back."""

    code: str
    label: str
    kind: Kind
    value: Decimal
    minimum: Decimal
    starts_at: datetime | None
    ends_at: datetime | None
    max_uses: int | None
    uses: int
    once_per_customer: bool
    active: bool

    def refusal(self, gross: Decimal, now: datetime, *, used_before: bool) -> Refusal | None:
        """Why it grants nothing on goods of `gross`, None if it does.

        A code that is switched off or to come is as unknown as one that never was.
        """
        if not self.active or (self.starts_at is not None and now < self.starts_at):
            return "unknown"
        if self.ends_at is not None and now >= self.ends_at:
            return "expired"
        if self.max_uses is not None and self.uses >= self.max_uses:
            return "used_up"
        if self.once_per_customer and used_before:
            return "already_used"
        return "minimum" if gross < self.minimum else None

    def discount(self, gross: Decimal) -> Decimal:
        """What it takes off goods of `gross`, to the cent, never more than they cost.

        Of a percentage of a few cents, rounding leaves one to pay: no code makes goods free.
        """
        if self.kind == "free_shipping":
            return ZERO
        if self.kind == "amount":
            return min(self.value, gross)
        off = to_cents(gross * self.value / 100)
        return off if off < gross else max(gross - CENT, ZERO)

    @property
    def ships_free(self) -> bool:
        """Whether it waives the shipping."""
        return self.kind == "free_shipping"


def normal_code(code: str) -> str:
    """A code as it is stored: what shoppers type differs in case and in spaces around it."""
    return code.strip().upper()
