import type { BusinessDay, Indicator, Indicators } from "../api/schema";
import type { Decimal } from "../format/decimal";
import { sumDecimals } from "../format/decimal";
import type { useFormat } from "../format/useFormat";

type Format = ReturnType<typeof useFormat>;

const NO_VALUE = "–";

/** A KPI's value of one day; null when it has none, e.g. an average on a day without orders. */
export function valueOf(day: BusinessDay, kpiId: string): Decimal | null {
  const value = day[kpiId];
  return value === null || value === undefined ? null : (String(value) as Decimal);
}

/** A KPI's sum over the report's days. */
export function totalOf(report: Indicators, kpiId: string): Decimal {
  const values = report.days.map((day) => valueOf(day, kpiId));
  return sumDecimals(values.filter((value) => value !== null));
}

export function formatKpi(
  value: Decimal | null,
  unit: Indicator["unit"],
  currency: string,
  format: Format,
): string {
  if (value === null) return NO_VALUE;
  if (unit === "money") return format.money(value, currency);
  return format.number(value, unit === "ratio" ? 2 : 0);
}
