import { useTranslation } from "react-i18next";

import type { OrderStatus } from "../api/schema";
import styles from "./StatusBadge.module.css";

export function StatusBadge({ status }: { status: OrderStatus }) {
  const { t } = useTranslation("order");
  return (
    <span className={styles.badge} data-status={status}>
      {t(`status.${status}`)}
    </span>
  );
}
