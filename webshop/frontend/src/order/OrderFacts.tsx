import { useTranslation } from "react-i18next";

import type { OrderRecord } from "../api/schema";
import { useShippingMethods } from "../checkout/useShippingMethods";
import { useFormat } from "../format/useFormat";
import styles from "./OrderPage.module.css";
import { StatusBadge } from "./StatusBadge";

/** Number, status, date and where it goes. */
export function OrderFacts({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const { date, language } = useFormat();
  const { address, country, name } = order.recipient;
  const methods = useShippingMethods(country);
  const method = methods.data?.find(({ code }) => code === order.shipping_method);
  const land = new Intl.DisplayNames([language], { type: "region" }).of(country) ?? country;
  const lines = [name, address.line1, address.line2, `${address.postal_code} ${address.city}`, land];
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t("number")}</dt>
        <dd className={styles.number} data-testid="order-number">
          {order.order_number}
        </dd>
      </div>
      <div>
        <dt>{t("status_label")}</dt>
        <dd>
          <StatusBadge status={order.status} />
        </dd>
      </div>
      <div>
        <dt>{t("placed")}</dt>
        <dd>{date(order.placed_at)}</dd>
      </div>
      {method && (
        <div>
          <dt>{t("shipping_method")}</dt>
          <dd>{language === "fr" ? method.label_fr : method.label_en}</dd>
        </div>
      )}
      {order.tracking && (
        <div>
          <dt>{t("tracking")}</dt>
          <dd>{order.tracking}</dd>
        </div>
      )}
      <div>
        <dt>{t("delivery")}</dt>
        <dd className={styles.address}>{lines.filter(Boolean).join("\n")}</dd>
      </div>
    </dl>
  );
}
