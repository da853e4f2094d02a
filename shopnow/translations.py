"""Texts in the languages of the people who read them, from gettext catalogues.

A text stands in English where it is used, its French in a file that gettext's editors open:
`locale/fr/LC_MESSAGES/messages.po` beside the code. It is read when it is first needed, without a
compiled copy that could be out of date. `make messages` brings new texts into the catalogues.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

#: The language of the texts in the source.
SOURCE_LANGUAGE = "en"


@cache
def load_translations(package: Path, language: str) -> NullTranslations:
    """The texts of the package in this folder. Raises `OSError` without a catalogue."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    path = package / "locale" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
