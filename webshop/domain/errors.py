"""Domain errors; the API maps each to an RFC 9457 problem."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


class ShopError(Exception):
    """A request that the shop's rules refuse; the message is meant for the caller."""


class NotFound(ShopError):
    """It does not exist, or the caller may not know that it does."""

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
    """The product cannot be bought any more."""

    def __init__(self, sku: str) -> None:
        super().__init__(f"{sku} is no longer for sale: remove it from the cart.")


class PriceRefused(ShopError):
    """A product cannot be on sale at this price: nobody can pay it."""

    def __init__(self, price: str, currency: str, least: str) -> None:
        super().__init__(
            f"A product for sale costs a whole number of {least} {currency}, and one at least:"
            f" {price} {currency} cannot be paid. Change the price, or take it off sale."
        )


class CartClosed(ShopError):
    """The cart has become an order, or part of another cart."""

    def __init__(self, cart_id: object) -> None:
        super().__init__(f"Cart {cart_id} is closed: open a new one.")


class CartEmpty(ShopError):
    """There is nothing to check out."""

    def __init__(self, cart_id: object) -> None:
        super().__init__(f"Cart {cart_id} is empty.")


class CartTooLarge(ShopError):
    """One cart, and so one order, may not hold more different products."""

    def __init__(self, most: int) -> None:
        super().__init__(f"At most {most} different products can be in one cart.")


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


class ShippingUnavailable(ShopError):
    """The shop does not deliver there, or not in this way."""

    def __init__(self, method: str, country: str) -> None:
        super().__init__(f"Shipping method {method} is not offered to {country}.")


class PromotionRefused(ShopError):
    """The code grants nothing on this order; `reason` is a `domain.promotions.Refusal`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"Promotion code {code} cannot be used: {reason.replace('_', ' ')}.")
        self.reason = reason


class TooManyUnits(ShopError):
    """More units of an order's line were asked back than are left of it."""

    def __init__(self, order_number: str, line_number: int, asked: int, left: int) -> None:
        super().__init__(
            f"Order {order_number}, line {line_number}: {asked} units asked for, {left} are left."
        )


class ReturnRefused(ShopError):
    """The return's status does not allow this."""

    def __init__(self, return_id: object, status: str, step: str) -> None:
        super().__init__(f"Return {return_id} is {status}: it cannot {step}.")


class CountTooLow(ShopError):
    """A stock count found fewer units than unpaid orders hold: one of them has to go first."""

    def __init__(self, sku: str, counted: int, reserved: int) -> None:
        super().__init__(f"{sku}: {counted} units counted, but {reserved} are promised to orders.")


class StockTooLarge(ShopError):
    """More units than a product's stock can count."""

    def __init__(self, sku: str, largest: int) -> None:
        super().__init__(f"{sku}: its stock may not exceed {largest} units.")


class AlreadyExists(ShopError):
    """There is one of that name."""

    def __init__(self, kind: str, identity: object) -> None:
        super().__init__(f"There is a {kind} {identity} already.")


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


class LoginRequired(ShopError):
    """Only somebody who is logged in may do this."""

    def __init__(self) -> None:
        super().__init__("Log in first.")


class LoginFailed(ShopError):
    """E-mail and password do not belong together; nothing says which of them is wrong."""

    def __init__(self) -> None:
        super().__init__("This e-mail address and this password do not belong together.")


class MailNotVerified(ShopError):
    """The password was right, and the address has not been verified yet."""

    def __init__(self) -> None:
        super().__init__("Open the link that we have sent to your e-mail address, then log in.")


class RoleMissing(ShopError):
    """Somebody is logged in who may not do this."""

    def __init__(self, role: str) -> None:
        super().__init__(f"This is for staff with the role {role}.")


class CodeRequired(ShopError):
    """The password was right; the account also asks for a one-time code."""

    def __init__(self) -> None:
        super().__init__("This account needs a code of your authenticator app as well.")


class CodeWrong(ShopError):
    """A one-time code that is wrong, too old, or was used before."""

    def __init__(self) -> None:
        super().__init__("This code is wrong, or was used before: take the next one.")


class SecondFactorOn(ShopError):
    """The account has a second factor already."""

    def __init__(self) -> None:
        super().__init__("Take the second factor off first, then set up another one.")


class SecondFactorMissing(ShopError):
    """Staff of this shop need a second factor, and this account has none yet."""

    def __init__(self) -> None:
        super().__init__("Staff of this shop need a second factor: set it up in your account.")


class LastAdmin(ShopError):
    """Without this administrator the shop would have none."""

    def __init__(self) -> None:
        super().__init__("The shop needs an administrator: give somebody else the role first.")


class CsrfMissing(ShopError):
    """An unsafe call carried a session's cookie without what only the shop's own pages know."""

    def __init__(self) -> None:
        super().__init__("This call needs the header X-CSRF-Token: ask GET /session for it.")


class LinkInvalid(ShopError):
    """A mailed link that is wrong, was used before, or is too old."""

    def __init__(self) -> None:
        super().__init__("This link was used before or is too old: ask for a new one.")


class PasswordWrong(ShopError):
    """The link is good; the password is not the one of the registration that it belongs to."""

    def __init__(self) -> None:
        super().__init__(
            "This is not the password that was chosen when this link was asked for. If you did not "
            "ask for it, register yourself: your own link works with your own password."
        )


class PasswordRefused(ShopError):
    """A new password that is too easy to guess; `reason` names the rule."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(advice)
        self.reason = reason


class TooManyAttempts(ShopError):
    """The caller has to wait before it tries again."""

    def __init__(self, wait: timedelta) -> None:
        #: Whole seconds, one at least.
        self.retry_after_s = max(1, -(-wait // timedelta(seconds=1)))
        super().__init__(f"Too many attempts: try again in {self.retry_after_s} s.")


class Busy(ShopError):
    """The shop has as much to do as it can bear; the caller may try again."""

    def __init__(self) -> None:
        super().__init__("The shop is busy: try again.")
