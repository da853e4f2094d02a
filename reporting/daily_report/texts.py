"""The words of the report, in French and in English. KPI labels come from shopnow.kpis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Texts:
    """One language of the report; `{…}` are filled by the page."""

    title: str
    subject: str
    subject_no_sales: str
    subject_no_data: str
    preheader: str
    no_data_title: str
    no_data: str
    no_sales: str
    indicator: str
    value: str
    previous_day: str
    week_before: str
    figures: str
    chart: str
    chart_alt: str
    chart_of: str
    top_products: str
    product: str
    units: str
    net_sales: str
    stock: str
    no_stockouts: str
    sold_out: str
    ran_low: str
    times: str
    definitions: str
    computed_at: str
    shop: str
    undefined: str = "–"


FRENCH = Texts(
    title="Rapport du {day}",
    subject="ShopNow+ · {day} : {net_sales} net, {orders} commandes",
    subject_no_sales="ShopNow+ · {day} : aucune vente",
    subject_no_data="ShopNow+ · {day} : pas encore de chiffres",
    preheader="Chiffre d'affaires, commandes, meilleurs produits et stock du {day}.",
    no_data_title="Pas encore de chiffres pour ce jour",
    no_data="Aucun indicateur n'a été calculé pour le {day}. Ce n'est pas un chiffre d'affaires"
    " nul : les données de ce jour ne sont pas arrivées, ou leur calcul n'est pas terminé.",
    no_sales="Aucune commande n'a été payée ce jour-là.",
    indicator="Indicateur",
    value="Valeur",
    previous_day="vs veille",
    week_before="vs J−7",
    figures="Les chiffres du jour",
    chart="Chiffre d'affaires net, 30 derniers jours",
    chart_alt="Chiffre d'affaires net par jour du {first} au {last} : de {low} à {high}.",
    chart_of="{currency} par jour",
    top_products="Meilleurs produits",
    product="Produit",
    units="Unités",
    net_sales="CA net",
    stock="Stock à surveiller",
    no_stockouts="Aucune rupture et aucun seuil d'alerte franchi ce jour-là.",
    sold_out="en rupture",
    ran_low="sous le seuil",
    times="{count} fois",
    definitions="Une commande compte le jour de son paiement, un remboursement le jour où il est"
    " fait. Net = brut − remises − remboursements.",
    computed_at="Indicateurs calculés le {moment}.",
    shop="Ouvrir la boutique",
)

ENGLISH = Texts(
    title="Report for {day}",
    subject="ShopNow+ · {day}: {net_sales} net, {orders} orders",
    subject_no_sales="ShopNow+ · {day}: no sales",
    subject_no_data="ShopNow+ · {day}: no figures yet",
    preheader="Sales, orders, best products and stock of {day}.",
    no_data_title="No figures for this day yet",
    no_data="No indicator was computed for {day}. That is not a day of zero sales: its data have"
    " not arrived, or their computation has not finished.",
    no_sales="No order was paid on this day.",
    indicator="Indicator",
    value="Value",
    previous_day="vs day before",
    week_before="vs week before",
    figures="The day in figures",
    chart="Net sales, last 30 days",
    chart_alt="Net sales a day from {first} to {last}: from {low} to {high}.",
    chart_of="{currency} a day",
    top_products="Best products",
    product="Product",
    units="Units",
    net_sales="Net sales",
    stock="Stock to watch",
    no_stockouts="No product sold out or fell to its reorder point on this day.",
    sold_out="sold out",
    ran_low="ran low",
    times="{count} times",
    definitions="An order counts on the day it is paid, a refund on the day it is made."
    " Net = gross − discounts − returns.",
    computed_at="Indicators computed on {moment}.",
    shop="Open the shop",
)


def texts(language: str) -> Texts:
    """The words in French (`fr`) or English (anything else)."""
    return FRENCH if language == "fr" else ENGLISH
