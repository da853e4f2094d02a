"""What a person's name may be: mails greet strangers by it, so it is neither message nor link."""

import re
import unicodedata

LONGEST = 80

#: Beside letters and their marks: what stands in names of people and of small firms.
_OTHERS = frozenset(" .,'’‘`´·-‐‑&()/0123456789")
#: Mail programs make links of these: a dot with two characters behind it, `www.`, two slashes.
_LINK = re.compile(r"\.\w{2}|www\.|//", re.IGNORECASE)
#: House numbers of a firm are few digits; telephone numbers are many.
_MOST_DIGITS = 4


def person_name(text: str) -> str:
    """The name in Unicode's composed form, with single spaces.

    Raises ValueError, with a sentence for the person who typed it.
    """
    composed = unicodedata.normalize("NFC", text)
    if not all(c.isprintable() or unicodedata.category(c) == "Zs" for c in composed):
        raise ValueError("A name is one line, without invisible characters.")
    name = " ".join(composed.split())
    if not any(character.isalpha() for character in name):
        raise ValueError("A name has letters.")
    if len(name) > LONGEST:
        raise ValueError(f"A name has at most {LONGEST} characters.")
    strange = sorted({character for character in name if not _may_stand_in_a_name(character)})
    if strange:
        raise ValueError(f"A name cannot contain {' '.join(strange)}")
    if _LINK.search(name):
        raise ValueError("A name cannot contain a link: leave a space after a dot.")
    if sum(character.isdigit() for character in name) > _MOST_DIGITS:
        raise ValueError(f"A name has at most {_MOST_DIGITS} digits.")
    return name


def _may_stand_in_a_name(character: str) -> bool:
    return character in _OTHERS or unicodedata.category(character)[0] in "LM"
