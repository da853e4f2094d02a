import "../i18n/areas/dashboard";

import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { AreaBoundary } from "../layout/AreaBoundary";
import { Page } from "../layout/Page";
import { AlertList } from "./AlertList";
import styles from "./DashboardPage.module.css";
import { KpiPanel } from "./KpiPanel";
import { lastDays, periodOf } from "./period";
import { PeriodPicker } from "./PeriodPicker";

const DEFAULT_DAYS = 30;

export default function DashboardPage() {
  const { t } = useTranslation("dashboard");
  const [params, setParams] = useSearchParams();
  const period = periodOf(params) ?? lastDays(DEFAULT_DAYS);
  return (
    <Page title={t("title")}>
      <div className={styles.top}>
        <h1 className={styles.title}>
          {t("title")} <span className={styles.live}>{t("live")}</span>
        </h1>
        <PeriodPicker
          period={period}
          onChange={({ from, to }) => {
            setParams({ from, to }, { replace: true, preventScrollReset: true });
          }}
        />
      </div>
      <div className={styles.layout}>
        <AreaBoundary resetKey={`${period.from} ${period.to}`}>
          <KpiPanel period={period} />
        </AreaBoundary>
        <AreaBoundary>
          <AlertList />
        </AreaBoundary>
      </div>
    </Page>
  );
}
