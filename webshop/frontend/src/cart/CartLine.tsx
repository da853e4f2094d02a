import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { CartItem } from "../api/schema";
import { ProductPicture } from "../catalogue/ProductPicture";
import { StockBadge } from "../catalogue/StockBadge";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import styles from "./CartPage.module.css";
import { QuantityField } from "./QuantityField";

interface Props {
  item: CartItem;
  currency: string;
  disabled: boolean;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

export function CartLine({ item, currency, disabled, onQuantity, onRemove }: Props) {
  const { t } = useTranslation("cart");
  const { money } = useFormat();
  const name = productName(item.name);
  return (
    <li className={styles.line} data-sku={item.sku}>
      <div className={styles.picture}>
        <ProductPicture image={item.image} />
      </div>
      <div className={styles.what}>
        <Link to={`/products/${encodeURIComponent(item.sku)}`} className={styles.name}>
          {name}
        </Link>
        <p className={styles.unit}>{t("unit_price", { price: money(item.unit_price, currency) })}</p>
        {item.stock_state === "low" && <StockBadge product={item} />}
      </div>
      <p className={styles.amount}>{money(item.amount, currency)}</p>
      <div className={styles.controls}>
        <QuantityField
          label={t("quantity_of", { name })}
          value={item.quantity}
          maximum={item.available}
          disabled={disabled}
          onChange={onQuantity}
        />
        <Button
          variant="subtle"
          color="gray.7"
          size="compact-sm"
          disabled={disabled}
          aria-label={t("remove_named", { name })}
          onClick={onRemove}
        >
          {t("remove")}
        </Button>
      </div>
      {item.quantity > item.available && (
        <p className={styles.short} role="alert">
          {t("not_enough", { count: item.available })}
        </p>
      )}
    </li>
  );
}
