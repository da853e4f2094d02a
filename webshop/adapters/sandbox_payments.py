"""The sandbox payment provider: test cards with known answers, no money moves."""

from webshop.domain.payments import Charge, ChargeRequest

ACCEPTED_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"


class SandboxGateway:
    """Accepts one test card; declines the other, and any number that is no test card."""

    provider = "sandbox"

    def charge(self, request: ChargeRequest) -> Charge:
        """Answer as the card says; the reference is derived from the payment."""
        reference = f"sandbox-{request.payment_id}"
        if request.card.number == ACCEPTED_CARD:
            return Charge(True, reference)
        reason = "card_declined" if request.card.number == DECLINED_CARD else "not_a_test_card"
        return Charge(False, reference, reason)
