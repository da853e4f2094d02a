import { useTranslation } from "react-i18next";

import type { Cart } from "../api/types";
import { useFormat } from "../format/useFormat";
import styles from "./CartTotals.module.css";

/** What the cart comes to, as the shop computed it. */
export function CartTotals({ cart }: { cart: Pick<Cart, "total" | "currency"> }) {
  const { t } = useTranslation("cart");
  const { money } = useFormat();
  return (
    <dl className={styles.totals}>
      <div>
        <dt>{t("delivery")}</dt>
        <dd>{t("delivery_free")}</dd>
      </div>
      <div className={styles.total}>
        <dt>{t("total")}</dt>
        <dd data-testid="cart-total">{money(cart.total, cart.currency)}</dd>
      </div>
    </dl>
  );
}
