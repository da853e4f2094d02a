"""Returns: a customer sends units back, the shop agrees, receives them and pays them back.

requested ── accept ──> accepted ── receive ──> received (refunded)
    └────── refuse ──> refused
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from webshop.domain.errors import ReturnRefused


class ReturnStatus(StrEnum):
    """Where a return stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RECEIVED = "received"


#: Target status → the status that it follows, and what the step is called.
_STEPS = {
    ReturnStatus.ACCEPTED: (ReturnStatus.REQUESTED, "be accepted"),
    ReturnStatus.REFUSED: (ReturnStatus.REQUESTED, "be refused"),
    ReturnStatus.RECEIVED: (ReturnStatus.ACCEPTED, "be received"),
}
#: While a return is in one of these, its units cannot be asked back again.
OPEN = (ReturnStatus.REQUESTED, ReturnStatus.ACCEPTED)


@dataclass(frozen=True)
class Return:
    """What is to come back of one order: units by line number."""

    return_id: uuid.UUID
    order_id: uuid.UUID
    status: ReturnStatus
    reason: str
    units: Mapping[int, int]
    requested_at: datetime
    decided_at: datetime | None = None
    received_at: datetime | None = None
    refund_id: uuid.UUID | None = None

    def decided(self, status: ReturnStatus, now: datetime) -> "Return":
        """The return once it was accepted or refused. Raises ReturnRefused."""
        return replace(self._moved(status), decided_at=now)

    def received(self, now: datetime) -> "Return":
        """The return once its units are back; its refund is still to be noted on it."""
        return replace(self._moved(ReturnStatus.RECEIVED), received_at=now)

    def _moved(self, target: ReturnStatus) -> "Return":
        source, step = _STEPS[target]
        if self.status is not source:
            raise ReturnRefused(self.return_id, self.status, step)
        return replace(self, status=target)
