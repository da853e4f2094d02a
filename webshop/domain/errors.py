"""What the shop refuses to do, and why; the API turns each into an RFC 9457 problem."""

from collections.abc import Sequence
from dataclasses import dataclass


class ShopError(Exception):
    """A request that the shop's rules refuse; the message is meant for the caller."""


class NotFound(ShopError):
    """There is no such thing, or the caller may not know that there is."""

    def __init__(self, kind: str, identity: object) -> None:
        super().__init__(f"There is no {kind} {identity}.")


@dataclass(frozen=True)
class Shortage:
    """One product of which fewer units are for sale than were asked for."""

    sku: str
    requested: int
    available: int


class OutOfStock(ShopError):
    """Nothing was reserved: at least one product lacks units."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        listed = ", ".join(
            f"{s.sku} ({s.requested} asked for, {s.available} left)" for s in shortages
        )
        super().__init__(f"Not enough stock: {listed}.")
        self.shortages = tuple(shortages)


class NotForSale(ShopError):
    """The product has been taken out of the catalogue."""

    def __init__(self, sku: str) -> None:
        super().__init__(f"{sku} is no longer for sale: remove it from the cart.")


class CartClosed(ShopError):
    """The cart has become an order."""

    def __init__(self, cart_id: object) -> None:
        super().__init__(f"Cart {cart_id} has been checked out: open a new one.")


class CartEmpty(ShopError):
    """There is nothing to check out."""

    def __init__(self, cart_id: object) -> None:
        super().__init__(f"Cart {cart_id} is empty.")


class QuantityTooLarge(ShopError):
    """A cart line may not exceed the largest quantity of one order."""

    def __init__(self, sku: str, largest: int) -> None:
        super().__init__(f"At most {largest} units of {sku} can be in one cart.")


class TransitionRefused(ShopError):
    """The order's status does not allow this."""

    def __init__(self, order_number: str, status: str, action: str) -> None:
        super().__init__(f"Order {order_number} is {status}: it cannot {action}.")
        self.status = status


class OrderExpired(ShopError):
    """The time to pay is over; the reserved stock is for sale again."""

    def __init__(self, order_number: str) -> None:
        super().__init__(f"The time to pay for order {order_number} is over: order again.")


class IdempotencyConflict(ShopError):
    """The Idempotency-Key was used before with another body."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Idempotency-Key {key} was used for a different request.")


class GatewayUnavailable(ShopError):
    """The payment provider has not answered in time; asking again is safe."""


class GatewayRefused(ShopError):
    """The payment provider answered no: asking again would not help."""


class WebhookRejected(ShopError):
    """A webhook that is not the provider's, too old, or not understood; the text has no secret."""


class KafkaUnavailable(ShopError):
    """Kafka has not acknowledged in time; nothing may be assumed about the event."""
