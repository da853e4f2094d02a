"""Net sales of the last days as a bar chart, a PNG that mail programs show at 600 pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from shopnow.database.daily_kpis import DailyKpis

WIDTH_PX = 600
_INK, _MUTED, _GRID = "#1f2937", "#6b7280", "#e5e7eb"
_BAR, _TODAY, _NEGATIVE = "#9db8f2", "#1d4ed8", "#dc2626"


def net_sales_chart(
    days: list[DailyKpis],
    last: date,
    count: int,
    *,
    day_label: Callable[[date], str],
    amount_label: Callable[[Decimal], str],
    unit: str,
) -> bytes:
    """A PNG of `count` days up to `last`; days without data leave a gap, `last` stands out."""
    axis_days = [last - timedelta(days=offset) for offset in reversed(range(count))]
    known = {figures.day: figures.values["net_sales"] for figures in days}
    heights = [float(known.get(day) or 0) for day in axis_days]
    figure = Figure(figsize=(WIDTH_PX / 100, 2.4), dpi=200, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.105, 0.15, 0.885, 0.74))
    colours = [
        _NEGATIVE if height < 0 else _TODAY if day == last else _BAR
        for day, height in zip(axis_days, heights, strict=True)
    ]
    axes.bar(range(count), heights, width=0.72, color=colours, zorder=2)
    ticks = list(range(count - 1, -1, -7))
    axes.set_xticks(ticks, [day_label(axis_days[tick]) for tick in ticks])
    axes.set_xlim(-0.7, count - 0.3)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _position: amount_label(Decimal(int(value))))
    )
    axes.set_title(unit, loc="left", fontsize=7.5, color=_MUTED, pad=8)
    axes.tick_params(length=0, labelsize=7.5, labelcolor=_MUTED, pad=5)
    axes.grid(axis="y", color=_GRID, linewidth=0.8, zorder=1)
    axes.axhline(0, color=_INK, linewidth=0.8, zorder=3)
    axes.spines[:].set_visible(False)
    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})
    return png.getvalue()
