"""Amounts, rates and names as the frontend writes them (webshop/frontend/src/format)."""

from decimal import Decimal

from babel.numbers import format_currency, format_percent

from shopnow.languages import Language
from webshop.domain.money import to_cents

#: The region whose conventions numbers follow in each language.
_LOCALES: dict[Language, str] = {"fr": "fr_FR", "en": "en_GB"}


def money(amount: str, currency: str, language: Language) -> str:
    """ "12,95 €" from "12.9500"."""
    return format_currency(to_cents(Decimal(amount)), currency, locale=_LOCALES[language])


def percent(fraction: str, language: Language) -> str:
    """ "20 %" from "0.2000"."""
    locale = _LOCALES[language]
    return format_percent(Decimal(fraction), locale=locale, decimal_quantization=False)


def product_name(name: str) -> str:
    """ "White lantern" from the "WHITE LANTERN" of an imported catalogue; others as they are."""
    return name if name != name.upper() else name[:1] + name[1:].lower()
