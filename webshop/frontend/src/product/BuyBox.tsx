import { Button } from "@mantine/core";
import { IconShoppingBagPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Product } from "../api/schema";
import { QuantityField } from "../cart/QuantityField";
import { useCart } from "../cart/useCart";
import { productName } from "../format/productName";
import { useNotify } from "../layout/useNotify";
import styles from "./ProductPage.module.css";

// Its sentences are no part of the first script.
const ProblemAlert = lazy(async () => ({ default: (await import("../problems/ProblemAlert")).ProblemAlert }));

/** The most that one order may hold of a product: the shop's own limit. */
const LARGEST_QUANTITY = 999;

export function BuyBox({ product }: { product: Product }) {
  const { t } = useTranslation("catalogue");
  const { add, items } = useCart();
  const notify = useNotify();
  const [wanted, setWanted] = useState(1);

  if (product.stock_state === "sold_out") {
    return (
      <div className={styles.buy}>
        <Button size="lg" disabled>
          {t("product.unavailable")}
        </Button>
        <p className={styles.hint}>{t("product.unavailable_text")}</p>
      </div>
    );
  }

  const inCart = items.find((item) => item.sku === product.sku)?.quantity ?? 0;
  const maximum = Math.min(product.available - inCart, LARGEST_QUANTITY);
  const quantity = Math.min(wanted, Math.max(maximum, 1));

  function announce() {
    notify(
      t("product.added"),
      <>
        {t("product.added_text", { name: productName(product.name), quantity })}{" "}
        <Link to="/cart" className={styles.toCart}>
          {t("product.go_to_cart")}
        </Link>
      </>,
    );
    setWanted(1);
  }

  return (
    <div className={styles.buy}>
      <QuantityField
        label={t("product.quantity")}
        showLabel
        value={quantity}
        maximum={maximum}
        onChange={setWanted}
        disabled={maximum < 1}
      />
      <Button
        size="lg"
        className={styles.add}
        leftSection={<IconShoppingBagPlus size={22} stroke={1.75} aria-hidden />}
        loading={add.isPending}
        disabled={maximum < 1}
        onClick={() => {
          add.mutate({ sku: product.sku, quantity }, { onSuccess: announce });
        }}
      >
        {t("product.add")}
      </Button>
      {inCart > 0 && (
        <p className={styles.hint}>
          {t(maximum < 1 ? "product.all_in_cart" : "product.in_cart", { count: inCart })}{" "}
          <Link to="/cart" className={styles.toCart}>
            {t("product.go_to_cart")}
          </Link>
        </p>
      )}
      {add.isError && (
        <div className={styles.refused}>
          <Suspense>
            <ProblemAlert error={add.error} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
