import { useTranslation } from "react-i18next";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import type { Indicators } from "../api/schema";
import type { Decimal } from "../format/decimal";
import { useFormat } from "../format/useFormat";
import styles from "./DashboardPage.module.css";
import { valueOf } from "./kpiValue";
import { daysOf } from "./period";

/** Net sales per day; the table below it gives the same figures to those who cannot see it. */
export function NetSalesChart({ report }: { report: Indicators }) {
  const { t } = useTranslation("dashboard");
  const { day: formatDay, money, number } = useFormat();
  const byDay = new Map(report.days.map((day) => [day.day, valueOf(day, "net_sales")]));
  // A float is exact enough for the height of a bar; the tooltip shows the exact figure.
  const bars = daysOf(report).map((day) => ({
    day,
    exact: byDay.get(day) ?? null,
    height: byDay.has(day) ? Number(byDay.get(day)) : null,
  }));
  return (
    <div className={styles.chart} aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={bars} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tickFormatter={(day: string) => formatDay(day)}
            tickLine={false}
            axisLine={false}
            minTickGap={24}
            tick={{ fill: "var(--ink-soft)", fontSize: 12 }}
          />
          <YAxis
            width={64}
            tickFormatter={(value: number) => number(value)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: "var(--ink-soft)", fontSize: 12 }}
          />
          <Tooltip
            cursor={{ fill: "var(--fir-tint)" }}
            labelFormatter={(day) => (typeof day === "string" ? formatDay(day, true) : "")}
            formatter={(_height, _name, { payload }: { payload?: { exact: Decimal | null } }) => [
              payload?.exact ? money(payload.exact, report.currency) : "–",
              t("chart"),
            ]}
          />
          <Bar dataKey="height" fill="var(--fir)" radius={[4, 4, 0, 0]} maxBarSize={48} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
