"""The frontend's texts, read from its own files, as i18next reads them."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from shopnow.languages import Language

_FOLDER = Path(__file__).parents[2] / "frontend" / "src" / "i18n" / "locales"
_PLACEHOLDER = re.compile(r"{{(\w+)}}")


def text(language: Language, key: str, **values: Any) -> str:
    """A text by its area and dotted key, "catalogue.product.vat", with the values in their places.

    With a `count` it is the form that the language has for that number. Raises KeyError for a key
    or a placeholder that is unknown.
    """
    texts = _texts(language)
    if "count" in values and key not in texts:
        form = Locale(language).plural_form(values["count"])
        key = next(name for name in (f"{key}_{form}", f"{key}_other") if name in texts)
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), texts[key])


@cache
def _texts(language: Language) -> dict[str, str]:
    """Every text of a language by its area and dotted key."""
    files = (_FOLDER / language).glob("*.json")
    return dict(_leaves({file.stem: json.loads(file.read_text()) for file in files}))


def _leaves(node: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in node.items():
        inner = isinstance(value, dict)
        found += _leaves(value, f"{prefix}{name}.") if inner else [(prefix + name, value)]
    return found
