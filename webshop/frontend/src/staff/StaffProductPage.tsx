import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { changeProduct, countStock, listProducts, restock } from "../api/staff";
import type { ProductRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { count, requiredText } from "../forms/rules";
import { TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { AreaBoundary, ErrorNote } from "../layout/AreaBoundary";
import { Page } from "../layout/Page";
import { NotFoundPage } from "../layout/NotFoundPage";
import { ActionDialog } from "./ActionDialog";
import { changesOf, formOf, productSchema } from "./productForm";
import { ProductFields } from "./ProductFields";
import styles from "./Staff.module.css";
import { StockLedger } from "./StockLedger";

export default function StaffProductPage() {
  const { t } = useTranslation("staff");
  const { sku = "" } = useParams();
  // The API lists products by what is in their sku; this page's is the one that is exactly it.
  const product = useQuery({
    queryKey: ["staff", "product", sku],
    queryFn: async ({ signal }) => {
      const { items } = await listProducts({ q: sku, after: null }, signal);
      return items.find((found) => found.sku === sku) ?? null;
    },
  });
  if (product.data) return <Details product={product.data} />;
  if (product.data === null) return <NotFoundPage />;
  return (
    <Page title={t("places.products")}>
      {product.isError ? (
        <ErrorNote error={product.error} onRetry={() => void product.refetch()} />
      ) : (
        <Skeleton height="24rem" radius="lg" />
      )}
    </Page>
  );
}

const restocking = z.object({ quantity: count(1), reason: requiredText(200) });
const counting = z.object({ on_hand: count(0), reason: requiredText(200) });

const ACTIONS = ["restock", "count", "edit"] as const;

function Details({ product }: { product: ProductRecord }) {
  const { t } = useTranslation("staff");
  const { money, number } = useFormat();
  const [asking, setAsking] = useState<(typeof ACTIONS)[number] | null>(null);
  const { sku } = product;
  const close = () => {
    setAsking(null);
  };
  const figures = [
    [t("stock.on_hand"), number(product.on_hand)],
    [t("stock.reserved"), number(product.reserved)],
    [t("stock.available"), number(product.available)],
    [t("products.price"), money(product.price, product.currency)],
  ];
  return (
    <Page title={product.name}>
      <Link to="/staff/products" className={styles.back}>
        {t("products.back")}
      </Link>
      <div className={styles.top}>
        <div>
          <h1>{product.name}</h1>
          <span className={styles.soft}>
            {sku} · {product.category} · {t("products.reorder_at", { count: product.reorder_point })}
          </span>
          {product.not_for_sale && <p>{t(`products.not_for_sale.${product.not_for_sale}`)}</p>}
        </div>
        <div className={styles.buttons}>
          {ACTIONS.map((action) => (
            <Button
              key={action}
              variant={action === "restock" ? "filled" : "default"}
              onClick={() => {
                setAsking(action);
              }}
            >
              {t(`products.${action}`)}
            </Button>
          ))}
        </div>
      </div>
      <dl className={styles.figures}>
        {figures.map(([label, figure]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <AreaBoundary resetKey={sku}>
        <StockLedger sku={sku} />
      </AreaBoundary>
      <ActionDialog
        open={asking === "restock"}
        title={t("products.restock")}
        schema={restocking}
        defaults={{ quantity: "", reason: "" }}
        send={(body, key) => restock(sku, body, key)}
        action={t("products.restock")}
        done={t("products.restocked")}
        onClose={close}
      >
        <TextField name="quantity" label={t("stock.units_in")} inputMode="numeric" autoComplete="off" required />
        <TextField name="reason" label={t("stock.reason_in")} required />
      </ActionDialog>
      <ActionDialog
        open={asking === "count"}
        title={t("products.count")}
        schema={counting}
        defaults={{ on_hand: String(product.on_hand), reason: "" }}
        send={(body, key) => countStock(sku, body, key)}
        action={t("products.count")}
        done={t("products.counted")}
        onClose={close}
      >
        <TextField name="on_hand" label={t("stock.units_counted")} inputMode="numeric" autoComplete="off" required />
        <TextField name="reason" label={t("reason")} required />
      </ActionDialog>
      <ActionDialog
        open={asking === "edit"}
        title={t("products.edit")}
        side
        schema={productSchema}
        defaults={formOf(product)}
        send={(form) => changeProduct(sku, changesOf(product, form))}
        action={t("products.edit_save")}
        done={t("products.edited")}
        onClose={close}
      >
        <ProductFields fresh={false} />
      </ActionDialog>
    </Page>
  );
}
