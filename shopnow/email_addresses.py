"""The one rule for e-mail addresses: of shoppers, accounts, managers and senders."""

import re

from email_validator import EmailNotValidError, validate_email

#: RFC 5321: a path is at most 256 octets, with its angle brackets.
LONGEST = 254

_NAMED = re.compile(r"[^<>@,\r\n]*<([^<>]+)>")
#: Providers that deliver an address with and without dots to one mailbox.
_IGNORES_DOTS = frozenset({"gmail.com", "googlemail.com"})


def normal_address(text: str) -> str:
    """The address as it is stored and delivered to: lower case, the domain in ASCII.

    Accepted is what every mail server can deliver: an ASCII local part without quotes, at a domain
    name. An international domain becomes its ASCII form. Raises ValueError, with a sentence for the
    person who typed it.
    """
    # A server may decode an encoded word (RFC 2047) in a header into somebody else's address.
    if "=?" in text or "?=" in text:
        raise ValueError("An e-mail address cannot contain an encoded word (=?…?=).")
    if len(text) > LONGEST:
        raise ValueError(f"An e-mail address has at most {LONGEST} characters.")
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    address = found.ascii_email
    if address is None or len(address) > LONGEST:
        raise ValueError(f"An e-mail address has at most {LONGEST} characters.")
    return address.lower()


def sender_address(text: str) -> str:
    """The address of a sender, with or without a name before it. Raises ValueError."""
    named = _NAMED.fullmatch(text)
    return normal_address(named[1] if named else text)


def mailbox(address: str) -> str:
    """Where mails to a normal address end up: without a `+tag`, at Gmail also without dots.

    To count mails by; never to deliver to.
    """
    local, _, domain = address.rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _IGNORES_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"
