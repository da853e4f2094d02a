import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Order } from "../api/types";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import styles from "./OrderPage.module.css";

export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation("order");
  const { money } = useFormat();
  return (
    <table className={styles.lines}>
      <caption className="visually-hidden">{t("lines")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("product")}</th>
          <th scope="col">{t("quantity")}</th>
          <th scope="col" className={styles.unit}>
            {t("unit_price")}
          </th>
          <th scope="col">{t("amount")}</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.line_number}>
            <th scope="row">
              <Link to={`/products/${encodeURIComponent(line.sku)}`}>{productName(line.name)}</Link>
            </th>
            <td>{line.quantity}</td>
            <td className={styles.unit}>{money(line.unit_price, order.currency)}</td>
            <td>{money(line.amount, order.currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t("total")}
          </th>
          <td className={styles.unit} />
          <td data-testid="order-total">{money(order.total, order.currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
