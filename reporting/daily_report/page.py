"""The figures of a day as a subject, an HTML page for mail programs, and plain text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reporting.daily_report.chart import WIDTH_PX, net_sales_chart
from reporting.daily_report.figures import CHART_DAYS, Figures, change, read_figures
from shopnow.database.daily_kpis import Value, connect
from shopnow.kpis import KPIS, Kpi
from shopnow.settings import Settings
from shopnow.translations import load_translations

CHART_CID = "net-sales-chart"

#: In place of a figure that cannot be computed.
UNDEFINED = "–"


@cache
def _templates(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("reporting.daily_report"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        _translations(language), newstyle=True
    )
    return environment


def _translations(language: str) -> NullTranslations:
    return load_translations(Path(__file__).parent, language)


@dataclass(frozen=True)
class Report:
    """A report ready to be sent; `images` are PNGs by the cid that the HTML names."""

    day: date
    subject: str
    html: str
    text: str
    images: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """A change against another day: its text, and whether it is good, bad or neither."""

    text: str
    tone: str


@dataclass(frozen=True)
class Row:
    """One indicator: label, value and comparisons, as they are read."""

    id: str
    label: str
    value: str
    previous_day: Comparison
    week_before: Comparison


def build_report(day: date, settings: Settings) -> Report:
    """The report of one business day, in the language of the settings.

    A day that was never computed gives a report that says so. Raises `psycopg.Error` when the
    database cannot be read.
    """
    with connect(settings) as connection:
        figures = read_figures(connection, settings.currency, day)
    return render(figures, settings)


def render(figures: Figures, settings: Settings) -> Report:
    """The report of these figures; reads nothing."""
    words = _translations(settings.language)
    form = _Formats(settings.language, settings.currency)
    images = {}
    if figures.last_days:
        images[CHART_CID] = net_sales_chart(
            figures.last_days,
            figures.day,
            CHART_DAYS,
            day_label=form.short_date,
            amount_label=form.whole,
            # Translators: above the axis of the chart; currency is a code such as EUR.
            unit=words.gettext("%(currency)s a day") % {"currency": settings.currency},
        )
    context = {
        "language": settings.language,
        "day": form.long_date(figures.day),
        "subject": _subject(figures, words, form),
        "has_data": figures.today is not None,
        "has_sales": figures.today is not None and bool(figures.today.values["orders"]),
        "rows": _rows(figures, settings.language, form),
        "chart_cid": CHART_CID if images else None,
        "chart_alt": _chart_alt(figures, words, form) if images else "",
        "chart_days": CHART_DAYS,
        "chart_width": WIDTH_PX,
        "products": [
            (p.name, p.sku, form.whole(Decimal(p.units)), form.money(p.net_sales))
            for p in figures.top_products
        ],
        "stock": [
            (s.name, s.sku, _stock_text(s.stockouts, s.low_stock_crossings, words))
            for s in figures.stockouts
        ],
        "computed_at": _computed_at(figures, settings),
        "shop_url": settings.shop_url,
    }
    templates = _templates(settings.language)
    return Report(
        day=figures.day,
        subject=str(context["subject"]),
        html=templates.get_template("report.html").render(context),
        text=templates.get_template("report.txt").render(context),
        images=images,
    )


class _Formats:
    """Numbers, amounts and dates as the report's language writes them."""

    def __init__(self, language: str, currency: str) -> None:
        self._locale, self._currency = language, currency

    def money(self, amount: Decimal | int) -> str:
        return format_currency(amount, self._currency, locale=self._locale)

    def whole(self, number: Decimal | int) -> str:
        return format_decimal(number, format="#,##0", locale=self._locale)

    def ratio(self, number: Decimal | int) -> str:
        return format_decimal(number, format="#,##0.0", locale=self._locale)

    def percent(self, share: Decimal) -> str:
        return format_percent(share, format="+#,##0.0 %;−#,##0.0 %", locale=self._locale)

    def long_date(self, day: date) -> str:
        return format_date(day, format="full", locale=self._locale)

    def short_date(self, day: date) -> str:
        pattern = "d MMM" if self._locale == "fr" else "MMM d"
        return format_date(day, format=pattern, locale=self._locale)

    def of(self, kpi: Kpi) -> Callable[[Decimal | int], str]:
        """How a KPI is written, by its unit."""
        return {"money": self.money, "count": self.whole, "ratio": self.ratio}[kpi.unit]


def _subject(figures: Figures, words: NullTranslations, form: _Formats) -> str:
    values = {"day": form.long_date(figures.day)}
    if figures.today is None:
        # Translators: subject of the e-mail when the day's figures are not computed.
        return words.gettext("ShopNow+ · %(day)s: no figures yet") % values
    orders, net_sales = figures.today.values["orders"], figures.today.values["net_sales"]
    if not orders:
        # Translators: subject of the e-mail.
        return words.gettext("ShopNow+ · %(day)s: no sales") % values
    values |= {"net_sales": form.money(net_sales or 0), "orders": form.whole(orders)}
    # Translators: subject of the e-mail; net_sales is an amount with its currency.
    subject = words.ngettext(
        "ShopNow+ · %(day)s: %(net_sales)s net, %(orders)s order",
        "ShopNow+ · %(day)s: %(net_sales)s net, %(orders)s orders",
        int(orders),
    )
    return subject % values


def _rows(figures: Figures, language: str, form: _Formats) -> list[Row]:
    if figures.today is None:
        return []
    rows = []
    for kpi in KPIS.values():
        value = figures.today.values[kpi.id]
        before = figures.previous_day.values[kpi.id] if figures.previous_day else None
        week = figures.week_before.values[kpi.id] if figures.week_before else None
        rows.append(
            Row(
                id=kpi.id,
                label=kpi.label(language),
                value=UNDEFINED if value is None else form.of(kpi)(value),
                previous_day=_comparison(kpi, value, before, form),
                week_before=_comparison(kpi, value, week, form),
            )
        )
    return rows


def _comparison(kpi: Kpi, value: Value, before: Value, form: _Formats) -> Comparison:
    relative = change(value, before)
    if relative is None:
        return Comparison(UNDEFINED, "even")
    if abs(relative) < Decimal("0.0005"):
        return Comparison("=", "even")
    rise = relative > 0
    good = rise == (kpi.better == "up")
    arrow = "▲" if rise else "▼"
    return Comparison(f"{arrow} {form.percent(relative)}", "good" if good else "bad")


def _chart_alt(figures: Figures, words: NullTranslations, form: _Formats) -> str:
    amounts = [Decimal(day.values["net_sales"] or 0) for day in figures.last_days]
    # Translators: the chart in words; first and last are dates, low and high amounts.
    text = words.gettext("Net sales a day from %(first)s to %(last)s: from %(low)s to %(high)s.")
    return text % {
        "first": form.short_date(figures.last_days[0].day),
        "last": form.short_date(figures.last_days[-1].day),
        "low": form.money(min(amounts)),
        "high": form.money(max(amounts)),
    }


def _stock_text(sold_out: int, ran_low: int, words: NullTranslations) -> str:
    # Translators: after the name of a product; how often it happened on this day.
    sold_out_text = words.ngettext("sold out", "sold out %(count)s times", sold_out)
    # Translators: after the name of a product; how often its stock fell to the reorder point.
    ran_low_text = words.ngettext("ran low", "ran low %(count)s times", ran_low)
    parts = ((sold_out, sold_out_text), (ran_low, ran_low_text))
    return ", ".join(text % {"count": count} for count, text in parts if count)


def _computed_at(figures: Figures, settings: Settings) -> str | None:
    if figures.computed_at is None:
        return None
    return format_datetime(
        figures.computed_at,
        format="long" if settings.language != "fr" else "d MMMM y à HH:mm",
        tzinfo=ZoneInfo(settings.timezone),
        locale=settings.language,
    )
