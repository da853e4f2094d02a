import { useTranslation } from "react-i18next";

import type { OrderRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import styles from "../order/OrderPage.module.css";
import badges from "../order/StatusBadge.module.css";
import { actorName } from "./actorName";

/** What happened to the order and by whom, and every attempt to pay it. */
export function OrderTrail({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("staff");
  const { t: tOrder } = useTranslation("order");
  const { moment } = useFormat();
  return (
    <>
      <section className={styles.card} aria-labelledby="trail">
        <h2 id="trail">{tOrder("history")}</h2>
        <ol className={styles.history}>
          {order.history.toReversed().map(({ at, status, by, note }) => (
            <li key={`${at} ${status}`}>
              <span className={styles.step}>{tOrder(`status.${status}`)}</span>
              <span className={styles.small}>
                {moment(at)} · {actorName(t, by)}
              </span>
              {note && <span className={styles.small}>{note}</span>}
            </li>
          ))}
        </ol>
      </section>
      {order.payments.length > 0 && (
        <section className={styles.card} aria-labelledby="payments">
          <h2 id="payments">{t("orders.payments")}</h2>
          <ul className={styles.events}>
            {order.payments.map(({ payment_id, status, provider, created_at }) => (
              <li key={payment_id}>
                <span>
                  {moment(created_at)}
                  <br />
                  <span className={styles.small}>{provider}</span>
                </span>
                <span className={badges.badge}>{t(`orders.payment.${status}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
