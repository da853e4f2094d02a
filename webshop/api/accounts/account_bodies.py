"""Bodies and queries of the calls about accounts and sessions."""

import uuid
from typing import Annotated

from pydantic import Field, StringConstraints

from shopnow.languages import DEFAULT_LANGUAGE, Language
from webshop.api.schemas import Body, Email, PersonName
from webshop.domain.accounts.passwords import LONGEST, SHORTEST

#: Taken as it is: neither cut, nor stripped, nor put into another case.
NewPassword = Annotated[
    str,
    StringConstraints(min_length=SHORTEST, max_length=LONGEST),
    Field(repr=False, examples=["quatre chats sous la pluie"]),
]
#: Rules may have been others when it was chosen.
PresentPassword = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1024),
    Field(repr=False, examples=["trois chats au soleil"]),
]
#: Of an authenticator app, or a recovery code; spaces, hyphens and capitals do not matter.
OneTimeCode = Annotated[
    str,
    StringConstraints(min_length=6, max_length=32, pattern=r"^[0-9A-Za-z -]*$"),
    Field(examples=["492039"]),
]
LinkToken = Annotated[str, StringConstraints(min_length=1, max_length=200), Field(repr=False)]


class Registration(Body):
    """Somebody who wants an account; `language` is that of the mails to come."""

    email: Email
    password: NewPassword
    name: PersonName
    language: Language = DEFAULT_LANGUAGE


class Verification(Body):
    """The token of a verification link, and the password of the registration it belongs to."""

    token: LinkToken
    password: PresentPassword


class ResetRequest(Body):
    """Whose password was forgotten."""

    email: Email


class Reset(Body):
    """The token of a reset link, and the password to set."""

    token: LinkToken
    password: NewPassword


class Login(Body):
    """`code` is for an account with a second factor.

    `cart_id` is the cart that was filled before the login; it is merged into the account's.
    """

    email: Email
    password: PresentPassword
    code: OneTimeCode | None = None
    cart_id: uuid.UUID | None = None


class Profile(Body):
    """What an account may change of itself; what is missing stays."""

    name: PersonName | None = None
    language: Language | None = None


class PasswordChange(Body):
    """The present password, and the one to come."""

    current: PresentPassword
    new: NewPassword


class Deletion(Body):
    """The present password: so nobody can delete the account from a browser left open."""

    password: PresentPassword


class NewSecondFactor(Body):
    """The present password."""

    password: PresentPassword


class FirstCode(Body):
    """A code of the app that was set up."""

    code: OneTimeCode


class SecondFactorRemoval(Body):
    """The present password, and a code."""

    password: PresentPassword
    code: OneTimeCode


class OrderHistoryQuery(Body):
    """`after` is `next` of the page before."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: Annotated[str, StringConstraints(max_length=200)] | None = None
