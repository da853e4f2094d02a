"""The mails that the shop sends, and what the text of each names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

#: Pages of the frontend that a mail leads to.
Page = Literal["order", "verify", "reset", "login", "forgot", "register"]

#: What limits the mails that a stranger can make the shop send to anybody: `account` those that
#: nobody has to be logged in for, `order` those about orders that nobody has paid.
Quota = Literal["account", "order"]

#: Limits of mails to one mailbox per period; mails over the limit are dropped, and no response
#: shows it. Apart, so that nobody uses up with orders what an owner needs to set a password. What
#: follows a payment or a step of the staff has no limit.
MAILBOX_LIMITS: Mapping[Quota, tuple[tuple[int, timedelta], ...]] = {
    "account": ((4, timedelta(hours=1)),),
    "order": ((2, timedelta(hours=1)), (6, timedelta(days=1))),
}

#: Of every mail about an order: `lines` are {name, quantity, amount}, amounts decimal strings.
#: Also `order_id`, from which the mailer makes the link; so that no link is ever stored.
_ORDER = frozenset({"order_number", "name", "lines", "total", "currency"})


@dataclass(frozen=True)
class MailTemplate:
    """A mail by the name of its template; `links_to` names the page its button opens."""

    name: str
    needs: frozenset[str]
    links_to: Page

    def check(self, context: Mapping[str, Any]) -> None:
        """Raises ValueError if the context lacks something that the text names."""
        missing = self.needs - set(context)
        if self.links_to == "order" and not {"order_id", "link"} & set(context):
            missing |= {"order_id"}
        if missing:
            raise ValueError(f"the mail {self.name} lacks {', '.join(sorted(missing))}")


def _order_mail(name: str, *more: str) -> MailTemplate:
    return MailTemplate(name, _ORDER | set(more), "order")


TEMPLATES: dict[str, MailTemplate] = {
    mail.name: mail
    for mail in (
        MailTemplate("verify_account", frozenset({"token_id"}), "verify"),
        MailTemplate("account_exists", frozenset({"name"}), "login"),
        MailTemplate("reset_password", frozenset({"name", "token_id"}), "reset"),
        MailTemplate("password_changed", frozenset({"name"}), "forgot"),
        # `change` is on, off or recovery; with the last, `left` is how many codes are.
        MailTemplate("second_factor", frozenset({"name", "change"}), "forgot"),
        MailTemplate("account_deleted", frozenset({"name"}), "register"),
        # Also gross, discount, shipping, vat_included where they are known.
        _order_mail("order_confirmed"),
        _order_mail("order_cancelled"),  # also `refunded`, what goes back, if anything was paid
        _order_mail("order_expired"),
        _order_mail("order_shipped"),  # also `tracking`
        _order_mail("order_refunded", "amount"),  # `amount` is what goes back
        _order_mail("return_accepted"),  # `lines` are what comes back
    )
}


def mail_template(name: str) -> MailTemplate:
    """The mail of this name. Raises ValueError."""
    if name not in TEMPLATES:
        raise ValueError(f"there is no mail {name}: known are {', '.join(TEMPLATES)}")
    return TEMPLATES[name]
