"""The report says what the figures say, in words a manager can read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default

import pytest

from reporting.daily_report import save_report, to_message
from reporting.daily_report.figures import Figures, change
from reporting.daily_report.page import CHART_CID, render
from shopnow.database.daily_kpis import DailyKpis, ProductSales, ProductStockouts, day_without_sales
from shopnow.settings import Settings

DAY = date(2010, 12, 1)
NNBSP = "\u202f"


def settings(tmp_path, language: str = "fr") -> Settings:
    return Settings(home=tmp_path, language=language, managers_email=["a@b.example", "c@d.example"])


def kpis(day: date, net: str, orders: int) -> DailyKpis:
    values = day_without_sales(day).values | {
        "gross_sales": Decimal(net) + 10,
        "returns": Decimal("10.0000"),
        "net_sales": Decimal(net),
        "orders": orders,
        "units": 3 * orders,
        "average_order_value": (Decimal(net) + 10) / orders,
        "units_per_order": Decimal(3),
    }
    return DailyKpis(day, values)


def figures(**changed) -> Figures:
    today = kpis(DAY, "1234.5000", 10)
    before = kpis(DAY - timedelta(days=1), "1000.0000", 20)
    given = {
        "day": DAY,
        "today": today,
        "previous_day": before,
        "week_before": None,
        "last_days": [before, today],
        "top_products": [ProductSales("85123A", "<b>HEART</b>", 12, Decimal("30.60"))],
        "stockouts": [ProductStockouts("22139", "TEAPOT", 2, 1)],
        "computed_at": datetime(2010, 12, 2, 5, 0, tzinfo=UTC),
    }
    return Figures(**(given | changed))


def test_the_french_report_writes_dates_and_amounts_as_the_french_do(tmp_path):
    report = render(figures(), settings(tmp_path))
    assert report.subject == (
        f"ShopNow+ · mercredi 1 décembre 2010 : 1{NNBSP}234,50\xa0€ net, 10 commandes"
    )
    assert "Chiffre d&#39;affaires net" in report.html
    assert "calculés le 2 décembre 2010 à 06:00" in report.html
    assert f"1{NNBSP}234,50\xa0€" in report.text


def test_the_english_report_is_english(tmp_path):
    report = render(figures(), settings(tmp_path, "en"))
    assert report.subject == "ShopNow+ · Wednesday, December 1, 2010: €1,234.50 net, 10 orders"
    assert "Average order value" in report.html


@pytest.mark.parametrize(
    ("language", "orders", "end"),
    [
        ("fr", 1, "net, 1 commande"),
        ("fr", 2, "net, 2 commandes"),
        ("en", 1, "net, 1 order"),
        ("en", 2, "net, 2 orders"),
    ],
)
def test_one_order_is_written_in_the_singular(tmp_path, language, orders, end):
    report = render(figures(today=kpis(DAY, "30", orders)), settings(tmp_path, language))
    assert report.subject.endswith(end)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "TEAPOT (22139) : en rupture, sous le seuil 3 fois"),
        ("en", "TEAPOT (22139): sold out, ran low 3 times"),
    ],
)
def test_what_happened_once_has_no_number(tmp_path, language, text):
    watched = figures(stockouts=[ProductStockouts("22139", "TEAPOT", 1, 3)])
    assert text in render(watched, settings(tmp_path, language)).text


def test_every_indicator_is_compared_with_the_day_before_and_the_week_before(tmp_path):
    text = render(figures(), settings(tmp_path)).text
    row = next(line for line in text.splitlines() if line.startswith("Chiffre d'affaires net "))
    assert "▲ +23,4" in row
    assert row.rstrip().endswith("–")
    orders = next(line for line in text.splitlines() if line.startswith("Commandes"))
    assert "▼ −50,0" in orders


def test_more_returns_are_no_good_news(tmp_path):
    before = kpis(DAY - timedelta(days=1), "1000", 20)
    before.values["returns"] = Decimal(5)
    html = render(figures(previous_day=before), settings(tmp_path)).html
    row = html[html.index("Remboursements</th>") :]
    assert "#b91c1c" in row[: row.index("</tr>")]


def test_names_from_outside_are_escaped(tmp_path):
    html = render(figures(), settings(tmp_path)).html
    assert "<b>HEART</b>" not in html
    assert "&lt;b&gt;HEART&lt;/b&gt;" in html


def test_stock_to_watch_is_named(tmp_path):
    report = render(figures(), settings(tmp_path))
    assert "TEAPOT (22139) : en rupture 2 fois, sous le seuil" in report.text
    quiet = render(figures(stockouts=[]), settings(tmp_path))
    assert "Aucune rupture" in quiet.text


def test_a_day_that_was_never_computed_is_not_called_zero(tmp_path):
    unknown = figures(
        today=None, previous_day=None, last_days=[], top_products=[], stockouts=[], computed_at=None
    )
    report = render(unknown, settings(tmp_path))
    assert report.subject.endswith("pas encore de chiffres")
    assert "Aucun indicateur" in report.html
    assert "0,00" not in report.html
    assert report.images == {}


def test_a_day_without_sales_says_so(tmp_path):
    closed = figures(today=day_without_sales(DAY), top_products=[], stockouts=[])
    report = render(closed, settings(tmp_path))
    assert report.subject.endswith("aucune vente")
    assert "Aucune commande" in report.text
    assert "0,00\xa0€" in report.text


def test_the_mail_has_text_html_and_the_chart_it_names(tmp_path):
    sent = to_message(render(figures(), settings(tmp_path)), settings(tmp_path)).as_bytes()
    message = message_from_bytes(sent, policy=default)
    assert message["To"] == "a@b.example, c@d.example"
    assert message["Content-Language"] == "fr"
    assert message["Message-ID"] == "<daily-report.2010-12-01@shopnow.example>"
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png"]
    image = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert image["Content-ID"] == f"<{CHART_CID}>"
    assert image.get_content().startswith(b"\x89PNG")
    assert f"cid:{CHART_CID}" in message.get_body(("html",)).get_content()


def test_a_saved_report_stands_alone(tmp_path):
    path = save_report(render(figures(), settings(tmp_path)), settings(tmp_path))
    html = path.read_text()
    assert path == tmp_path / "reports" / "report-2010-12-01.html"
    assert "cid:" not in html
    assert "data:image/png;base64," in html


@pytest.mark.parametrize(
    ("value", "before", "expected"),
    [
        (Decimal(110), Decimal(100), Decimal("0.1")),
        (50, 100, Decimal("-0.5")),
        (Decimal(5), Decimal(-10), Decimal("1.5")),
        (5, 0, None),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_relative_changes(value, before, expected):
    assert change(value, before) == expected
