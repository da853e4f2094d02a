"""The pages' language, and the texts that belong to a code; all others stand in the templates."""

from collections.abc import Mapping
from pathlib import Path

from babel.support import NullTranslations
from flask import Flask, g

from shopnow.translations import load_translations


def N_(text: str) -> str:
    """Marks a text for the catalogue, by gettext's own name; it is translated where it is used."""
    return text


#: A field's error (`cards.read_card`) → its sentence.
ERRORS: Mapping[str, str] = {
    "number_digits": N_("A card number has 12 to 19 digits."),
    "number_wrong": N_("There is a mistake in this number."),
    "expiry_form": N_("Give month and year, such as 12/29."),
    "expiry_past": N_("This card has expired."),
    "cvc_form": N_("Give 3 or 4 digits."),
}

#: What a test card does (`cards.Behaviour`); stands after its number.
BEHAVIOURS: Mapping[str, str] = {
    # Translators: what a test card does, after its number.
    "success": N_("accepted"),
    # Translators: what a test card does, after its number.
    "decline": N_("declined"),
    # Translators: what a test card does, after its number.
    "challenge": N_("asks for 3-D Secure authentication"),
    # Translators: what a test card does, after its number.
    "timeout": N_("the bank never answers"),
    # Translators: what a test card does, after its number.
    "late": N_("the bank answers too late"),
}

#: The status of a payment that asks for nothing more → heading and text.
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "succeeded": (N_("Payment accepted"), N_("The shop confirms your order.")),
    "failed": (N_("Payment declined"), N_("Nothing was charged. The shop lets you try again.")),
    "processing": (
        N_("Waiting for the bank"),
        N_("Your bank has not answered yet. The shop keeps an eye on the payment."),
    ),
}

UNKNOWN = (
    N_("There is no such payment"),
    N_("Go back to the shop and start again from your order."),
)


def translate_templates(app: Flask) -> None:
    """Give the templates gettext's functions, in the language that the request sets in `g`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().gettext(text),
        lambda one, many, count: _translations().ngettext(one, many, count),
        newstyle=True,
    )


def _translations() -> NullTranslations:
    return load_translations(Path(__file__).parent, g.language)
