"""Password policy: long passwords that are hard to guess.

After OWASP ASVS 5.0, 6.2: a length from 12 to 128 characters, any characters, no rules about
their kinds; refused are common passwords, the e-mail address, and the shop's name.
"""

from pathlib import Path

from zxcvbn import zxcvbn
from zxcvbn.matching import add_frequency_lists

from webshop.domain.errors import PasswordRefused

SHORTEST = 12
LONGEST = 128

#: zxcvbn's best score: it would take more than 10^10 guesses.
_UNGUESSABLE = 4
#: Characters that are judged: more of them make it no easier to guess, and would take long.
_SCORED_LENGTH = 40
#: What zxcvbn's lists, which are English, lack: one a line, the most common first.
_WORDS_FILE = Path(__file__).with_name("common_passwords.txt")

# The second list is one that each call of zxcvbn sets: it is there from the start, for threads
# that read the lists meanwhile.
add_frequency_lists(
    {"shop": _WORDS_FILE.read_text(encoding="utf-8").splitlines(), "user_inputs": []}
)


def require_good_password(password: str, email: str) -> None:
    """Raises PasswordRefused for one that is too short, too long, or easy to guess."""
    if len(password) < SHORTEST:
        raise PasswordRefused("too_short", f"Use at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise PasswordRefused("too_long", f"Use at most {LONGEST} characters.")
    folded = password.casefold()
    if folded.strip() in {email, email.partition("@")[0]} or email in folded:
        raise PasswordRefused("contains_email", "Do not use your e-mail address.")
    if zxcvbn(password[:_SCORED_LENGTH])["score"] < _UNGUESSABLE:
        raise PasswordRefused("common", "This password is among the first that are tried.")
