import { useTranslation } from "react-i18next";

import type { Indicators } from "../api/schema";
import { useFormat } from "../format/useFormat";
import styles from "./DashboardPage.module.css";
import { formatKpi, valueOf } from "./kpiValue";

/** Every KPI of every day, the latest day first. */
export function DailyTable({ report }: { report: Indicators }) {
  const { t } = useTranslation("dashboard");
  const format = useFormat();
  const { language } = format;
  return (
    <details className={styles.details}>
      <summary>{t("daily")}</summary>
      <div className={styles.scroller} role="region" aria-label={t("daily")} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("day")}</th>
              {report.kpis.map((kpi) => (
                <th key={kpi.id} scope="col" title={kpi.description}>
                  {language === "fr" ? kpi.label_fr : kpi.label_en}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{format.day(day.day, true)}</th>
                {report.kpis.map(({ id, unit }) => (
                  <td key={id}>{formatKpi(valueOf(day, id), unit, report.currency, format)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
