import { useTranslation } from "react-i18next";

import type { Cart, Order } from "../api/types";
import { CartTotals } from "../cart/CartTotals";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import styles from "./CheckoutForm.module.css";

/** What is about to be paid: the cart's items, or the order's once there is one. */
export function PurchaseSummary({ bought }: { bought: Cart | Order }) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  const lines = "lines" in bought ? bought.lines : bought.items;
  return (
    <>
      <h2 id="checkout-summary">{t("your_order")}</h2>
      <ul className={styles.summaryLines}>
        {lines.map(({ sku, name, quantity, amount }) => (
          <li key={sku}>
            <span>
              {quantity} × {productName(name)}
            </span>
            <span className={styles.amount}>{money(amount, bought.currency)}</span>
          </li>
        ))}
      </ul>
      <CartTotals cart={bought} />
    </>
  );
}
