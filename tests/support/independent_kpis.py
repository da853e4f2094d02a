"""Daily figures straight from an Online Retail file, computed apart from the project.

    python tests/support/independent_kpis.py FILE.csv.gz [FILE…]

Nothing here imports the project or any library beyond the standard one, on purpose: it is the
second opinion that `shopnow kpis` is compared with. Prints the same JSON shape: a list with one
object for each day, amounts as decimal strings.

What counts, in words: a row whose invoice begins with A is accounting and a row whose price is not
positive is a stock adjustment; neither is a sale. Of the others, a row of an invoice that begins
with C is a return of −quantity × price on its day; every other row is a sale of quantity × price
on the day of the invoice's first row in time. Times are the shop's local time, so the day is the
date as written.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

FOUR_DECIMALS = Decimal("0.0001")


def rows_of(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def daily_figures(paths):
    """{day: {gross_sales, returns, net_sales, orders, units, average_order_value}}, by day."""
    invoices = defaultdict(list)
    for path in paths:
        for row in rows_of(path):
            price = Decimal(row["UnitPrice"])
            if not row["InvoiceNo"].startswith("A") and price > 0:
                invoices[row["InvoiceNo"]].append((row["InvoiceDate"], int(row["Quantity"]), price))
    days = defaultdict(
        lambda: {"gross": Decimal(0), "returns": Decimal(0), "orders": 0, "units": 0}
    )
    for number, lines in invoices.items():
        day = days[min(when for when, _, _ in lines)[:10]]
        if number.startswith("C"):
            day["returns"] += sum(-quantity * price for _, quantity, price in lines)
        else:
            day["gross"] += sum(quantity * price for _, quantity, price in lines)
            day["units"] += sum(quantity for _, quantity, _ in lines)
            day["orders"] += 1
    return {day: figures(totals) for day, totals in sorted(days.items())}


def figures(totals):
    average = None
    if totals["orders"]:
        average = (totals["gross"] / totals["orders"]).quantize(FOUR_DECIMALS, ROUND_HALF_UP)
    return {
        "gross_sales": totals["gross"],
        "returns": totals["returns"],
        "net_sales": totals["gross"] - totals["returns"],
        "orders": totals["orders"],
        "units": totals["units"],
        "average_order_value": average,
    }


if __name__ == "__main__":
    result = [{"day": day, **values} for day, values in daily_figures(sys.argv[1:]).items()]
    json.dump(result, sys.stdout, indent=2, default=str)
    print()
