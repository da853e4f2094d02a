import { useTranslation } from "react-i18next";

import type { Indicators } from "../api/schema";
import { useFormat } from "../format/useFormat";
import styles from "./DashboardPage.module.css";
import { formatKpi, totalOf } from "./kpiValue";

export function KpiCards({ report }: { report: Indicators }) {
  const { t } = useTranslation("dashboard");
  const format = useFormat();
  const shown = report.kpis.filter((kpi) => kpi.additive);
  return (
    <section aria-label={t("figures")}>
      <dl className={styles.cards}>
        {shown.map((kpi) => (
          <div key={kpi.id} className={styles.card} data-kpi={kpi.id}>
            <dt>{format.language === "fr" ? kpi.label_fr : kpi.label_en}</dt>
            <dd>{formatKpi(totalOf(report, kpi.id), kpi.unit, report.currency, format)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
