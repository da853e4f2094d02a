import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { listAlerts } from "../api/kpis";
import type { Alert } from "../api/schema";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import { ErrorNote } from "../layout/AreaBoundary";
import styles from "./DashboardPage.module.css";

const ALERT_REFRESH_MS = 2_000;
const ALERTS_SHOWN = 12;

export function AlertList() {
  const { t } = useTranslation("dashboard");
  const alerts = useQuery({
    queryKey: ["alerts"],
    queryFn: ({ signal }) => listAlerts(ALERTS_SHOWN, signal),
    refetchInterval: ALERT_REFRESH_MS,
  });

  function content() {
    if (alerts.isPending) return <Skeleton height="12rem" radius="md" />;
    if (!alerts.data) {
      return <ErrorNote error={alerts.error} onRetry={() => void alerts.refetch()} />;
    }
    if (alerts.data.length === 0) return <p className={styles.quiet}>{t("alerts_empty")}</p>;
    return (
      <ul className={styles.alerts}>
        {alerts.data.map((alert) => (
          <AlertLine key={alert.alert_id} alert={alert} />
        ))}
      </ul>
    );
  }

  return (
    <section className={styles.box} aria-labelledby="alerts">
      <h2 id="alerts">{t("alerts")}</h2>
      {content()}
    </section>
  );
}

function AlertLine({ alert }: { alert: Alert }) {
  const { t } = useTranslation("dashboard");
  const { moment, number } = useFormat();
  return (
    <li>
      <span className={styles.kind} data-kind={alert.kind}>
        {t(`alert.${alert.kind}`)}
      </span>
      <Link to={`/products/${encodeURIComponent(alert.sku)}`}>{productName(alert.product_name)}</Link>
      <span>{t("alert_text", { available: alert.available, reorder_point: alert.reorder_point })}</span>
      <span>
        {t("alert_time", {
          time: moment(alert.stock_changed_at),
          latency: number(Math.max(1, Math.round(alert.latency_ms))),
        })}
      </span>
    </li>
  );
}
