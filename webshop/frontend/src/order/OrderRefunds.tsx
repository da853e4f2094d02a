import { useTranslation } from "react-i18next";

import type { OrderRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import styles from "./OrderPage.module.css";
import badges from "./StatusBadge.module.css";

/** Returns that were asked for and money that went back; nothing while there is neither. */
export function OrderRefunds({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const { date, money } = useFormat();
  if (order.returns.length === 0 && order.refunds.length === 0) return null;
  const names = new Map(order.lines.map(({ line_number, name }) => [line_number, name]));
  return (
    <section className={styles.card} aria-labelledby="order-returns">
      <h2 id="order-returns">{t("returns_title")}</h2>
      <ul className={styles.events}>
        {order.returns.map((wanted) => (
          <li key={wanted.return_id}>
            <span>
              {t("return.line", { date: date(wanted.requested_at) })}
              <br />
              <span className={styles.small}>
                {wanted.lines
                  .map(({ line_number, quantity }) => `${quantity} × ${names.get(line_number) ?? ""}`)
                  .join(", ")}
              </span>
            </span>
            <span className={badges.badge} data-status={wanted.status}>
              {t(`return_status.${wanted.status}`)}
            </span>
          </li>
        ))}
        {order.refunds.map((refund) => (
          <li key={refund.refund_id}>
            <span>{t("refund_line", { date: date(refund.created_at) })}</span>
            <strong className={styles.amount}>{money(refund.amount, order.currency)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
