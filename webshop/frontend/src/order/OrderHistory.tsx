import { useTranslation } from "react-i18next";

import type { OrderRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import styles from "./OrderPage.module.css";

/** What happened to the order, the latest first. */
export function OrderHistory({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const { moment } = useFormat();
  if (order.history.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="order-history">
      <h2 id="order-history">{t("history")}</h2>
      <ol className={styles.history}>
        {order.history.toReversed().map(({ at, status }) => (
          <li key={`${at} ${status}`} data-status={status}>
            <span className={styles.step}>{t(`status.${status}`)}</span>
            <time dateTime={at}>{moment(at)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
