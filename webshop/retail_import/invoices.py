"""The rows of one invoice, read: what it orders, refunds and adjusts, and what was rejected."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from webshop.retail_import.lines import Line, LineKind, RawRow, Reason, read_line

# The most that one event may hold (shopnow/contracts/order_placed).
_MAX_LINES = 5_000
_MAX_AMOUNT = Decimal(10) ** 14


@dataclass(frozen=True)
class Invoice:
    """One invoice: its importable lines in file order, and why its other rows were rejected."""

    number: str
    lines: tuple[Line, ...]
    rejected: Counter[Reason]
    content_hash: str

    def of_kind(self, kind: LineKind) -> list[Line]:
        """The lines that become an order, a refund or adjustments, in file order."""
        return [line for line in self.lines if line.kind is kind]

    def without_lines(self, reason: Reason) -> Invoice:
        """The invoice with all its lines rejected."""
        rejected = self.rejected + Counter({reason: len(self.lines)})
        return replace(self, lines=(), rejected=rejected)


def read_invoice(rows: Sequence[RawRow], timezone: str) -> Invoice:
    """Read the rows of one invoice (at least one, all with the same invoice number)."""
    lines: list[Line] = []
    rejected: Counter[Reason] = Counter()
    for row in rows:
        line = read_line(row, timezone)
        if isinstance(line, Reason):
            rejected[line] += 1
        else:
            lines.append(line)
    if _too_large(lines):
        rejected[Reason.LARGE_INVOICE] += len(lines)
        lines = []
    return Invoice(rows[0].invoice, tuple(lines), rejected, _content_hash(rows))


def _too_large(lines: list[Line]) -> bool:
    sold = [line for line in lines if line.kind is not LineKind.ADJUSTMENT]
    amount = sum((abs(line.quantity) * line.price for line in sold), Decimal(0))
    return len(sold) > _MAX_LINES or amount >= _MAX_AMOUNT


def _content_hash(rows: Sequence[RawRow]) -> str:
    """Hash of the rows whatever their order in the file, each as often as it is there."""
    content = json.dumps(sorted(list(row.fields) for row in rows), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
