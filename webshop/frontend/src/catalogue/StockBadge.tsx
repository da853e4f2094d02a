import { useTranslation } from "react-i18next";

import type { Product } from "../api/schema";
import styles from "./StockBadge.module.css";

/** In stock, only so many left, or sold out: as the shop last said. */
export function StockBadge({ product }: { product: Pick<Product, "available" | "stock_state"> }) {
  const { t } = useTranslation();
  const text =
    product.stock_state === "low"
      ? t("stock.low", { count: product.available })
      : t(`stock.${product.stock_state}`);
  return (
    <span className={styles.badge} data-state={product.stock_state}>
      {text}
    </span>
  );
}
