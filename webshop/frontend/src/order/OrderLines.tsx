import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { OrderRecord } from "../api/schema";
import { ProductPicture } from "../catalogue/ProductPicture";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import styles from "./OrderPage.module.css";

export function OrderLines({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const { money } = useFormat();
  return (
    <section aria-labelledby="order-lines">
      <h2 id="order-lines" className="visually-hidden">
        {t("lines")}
      </h2>
      <ul className={styles.lines}>
        {order.lines.map((line) => (
          <li key={line.line_number}>
            <div className={styles.picture}>
              <ProductPicture image={line.image} />
            </div>
            <div className={styles.what}>
              <Link to={`/products/${encodeURIComponent(line.sku)}`}>{productName(line.name)}</Link>
              <span className={styles.small}>
                {line.quantity} × {money(line.unit_price, order.currency)}
              </span>
            </div>
            <span className={styles.amount}>{money(line.amount, order.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
