"""Which passwords are accepted: long ones that are not among the first that an attacker tries.

After OWASP ASVS 5.0, 6.2: a length from 12 to 128 characters, any characters, no rules about
their kinds; refused are common passwords, the e-mail address, and the shop's name.
"""

import re
from functools import cache
from pathlib import Path

from webshop.domain.errors import PasswordRefused

SHORTEST = 12
LONGEST = 128

_WORDS_FILE = Path(__file__).with_name("common_passwords.txt")
#: What people write for letters.
_LEET = str.maketrans("013457@$!", "oieastasi")
#: What people put before and after a word.
_AROUND = "0123456789 !?.,;:@#$%&*+-_/"


def require_good_password(password: str, email: str) -> None:
    """Raises PasswordRefused for one that is too short, too long, or easy to guess."""
    if len(password) < SHORTEST:
        raise PasswordRefused("too_short", f"Use at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise PasswordRefused("too_long", f"Use at most {LONGEST} characters.")
    folded = password.casefold()
    if folded.strip() in {email, email.partition("@")[0]} or email in folded:
        raise PasswordRefused("contains_email", "Do not use your e-mail address.")
    if _is_common(folded):
        raise PasswordRefused("common", "This password is among the first that are tried.")


def _is_common(folded: str) -> bool:
    """Whether it is one or two common words, with digits and signs that add next to nothing."""
    if re.search(r"^(.{1,4})\1+.{0,3}$", folded) or _is_walk(folded):
        return True
    core = folded.strip(_AROUND)
    for spelled, rest in (
        (folded, re.sub(r"[a-z\s]", "", folded)),
        (core.translate(_LEET), folded.replace(core, "")),
    ):
        letters = re.sub(r"[^a-z]", "", spelled)
        weak = not letters or _is_walk(letters) or _at_most_two_words(letters)
        if weak and (_is_walk(rest) if len(rest) > 6 else bool(letters)):
            return True
    return False


_ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "1234567890", "0123456789"),
    *(
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    ),
)


@cache
def _words() -> frozenset[str]:
    return frozenset(_WORDS_FILE.read_text(encoding="utf-8").split())


def _at_most_two_words(letters: str) -> bool:
    words = _words()
    return letters in words or any(
        letters[:cut] in words and letters[cut:] in words for cut in range(3, len(letters) - 2)
    )


def _is_walk(text: str) -> bool:
    """Whether it follows the alphabet, the digits, or a row of a keyboard."""
    return any(text in row * 2 or text[::-1] in row * 2 for row in _ROWS)
