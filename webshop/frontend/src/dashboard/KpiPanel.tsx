import { Skeleton } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { getKpis } from "../api/kpis";
import { useFormat } from "../format/useFormat";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { DailyTable } from "./DailyTable";
import styles from "./DashboardPage.module.css";
import { KpiCards } from "./KpiCards";
import { NetSalesChart } from "./NetSalesChart";
import type { Period } from "./period";

const KPI_REFRESH_MS = 5_000;

/** The period's figures, its chart and its days; asked for again every few seconds. */
export function KpiPanel({ period }: { period: Period }) {
  const { t } = useTranslation("dashboard");
  const { t: tCommon } = useTranslation();
  const { time } = useFormat();
  const report = useQuery({
    queryKey: ["kpis", period],
    queryFn: ({ signal }) => getKpis(period.from, period.to, signal),
    refetchInterval: KPI_REFRESH_MS,
    placeholderData: keepPreviousData,
  });

  if (report.isPending) {
    return (
      <div className={styles.panel} role="status" aria-label={tCommon("loading")}>
        <Skeleton height="8rem" radius="lg" />
        <Skeleton height="20rem" radius="lg" />
      </div>
    );
  }
  if (report.isError && !report.data) {
    return <ErrorNote error={report.error} onRetry={() => void report.refetch()} />;
  }
  const { data } = report;
  return (
    <div className={styles.panel} aria-busy={report.isPlaceholderData}>
      <KpiCards report={data} />
      <section className={styles.box} aria-labelledby="net-sales">
        <h2 id="net-sales">{t("chart")}</h2>
        {data.days.length === 0 ? (
          <EmptyNote
            icon={<IconChartBar size={36} stroke={1.5} />}
            title={t("chart_empty_title")}
            text={t("chart_empty_text")}
          />
        ) : (
          <>
            <NetSalesChart report={data} />
            <DailyTable report={data} />
          </>
        )}
        <p className={styles.updated}>
          {t("updated", { time: time(report.dataUpdatedAt) })}
        </p>
      </section>
    </div>
  );
}
