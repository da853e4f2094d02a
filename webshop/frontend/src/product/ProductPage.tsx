import { Button, Skeleton } from "@mantine/core";
import { IconMapSearch } from "@tabler/icons-react";
import { useDeferredValue, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { recordView } from "../api/events";
import { ApiError } from "../api/http";
import type { Product } from "../api/schema";
import { ProductPicture } from "../catalogue/ProductPicture";
import { StockBadge } from "../catalogue/StockBadge";
import { useProduct } from "../catalogue/useCatalogue";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import { AreaBoundary, ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { StockNews } from "../stock/StockNews";
import { useLiveStock, withStock } from "../stock/useLiveStock";
import { BuyBox } from "./BuyBox";
import { DeliveryHint } from "./DeliveryHint";
import styles from "./ProductPage.module.css";

export function ProductPage() {
  const { t } = useTranslation("catalogue");
  const { sku = "" } = useParams();
  const product = useProduct(sku);
  const found = product.isSuccess;
  useEffect(() => {
    if (found) recordView(sku);
  }, [sku, found]);

  // Drawn in slices between which the browser can answer the visitor.
  const shown = useDeferredValue(product.data);
  if (shown) return <Details product={shown} />;
  if (product.error instanceof ApiError && product.error.status === 404) {
    return (
      <Page title={t("product.not_found")}>
        <EmptyNote
          asHeading
          icon={<IconMapSearch size={36} stroke={1.5} />}
          title={t("product.not_found")}
          text={t("product.reference", { sku })}
          action={
            <Button component={Link} to="/">
              {t("empty_action")}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={t("title")}>
      {product.isError ? (
        <ErrorNote error={product.error} onRetry={() => void product.refetch()} />
      ) : (
        <div className={styles.layout}>
          <Skeleton className={styles.picture} radius="lg" />
          <Skeleton height="18rem" radius="lg" />
        </div>
      )}
    </Page>
  );
}

function Details({ product: loaded }: { product: Product }) {
  const { t } = useTranslation("catalogue");
  const { money, percent } = useFormat();
  const product = withStock(loaded, useLiveStock([loaded.sku]));
  const name = productName(product.name);
  return (
    <Page title={name}>
      <nav aria-label={t("product.breadcrumb")} className={styles.breadcrumb}>
        <Link to="/">{t("title")}</Link>
        <Link to={`/?${new URLSearchParams({ category: product.category }).toString()}`}>
          {product.category_label}
        </Link>
      </nav>
      <div className={styles.layout}>
        <div className={styles.picture}>
          <ProductPicture image={product.image} eager />
        </div>
        <div className={styles.facts}>
          <h1 className={styles.name}>{name}</h1>
          <p>
            <span className={styles.price}>{money(product.price, product.currency)}</span>{" "}
            <span className={styles.vat}>{t("product.vat", { rate: percent(product.vat_rate) })}</span>
          </p>
          <StockBadge product={product} />
          <StockNews products={[product]} />
          {product.description && <p className={styles.description}>{product.description}</p>}
          <AreaBoundary resetKey={product.sku}>
            <BuyBox key={product.sku} product={product} />
          </AreaBoundary>
          <AreaBoundary>
            <DeliveryHint currency={product.currency} />
          </AreaBoundary>
          <p className={styles.reference}>{t("product.reference", { sku: product.sku })}</p>
        </div>
      </div>
    </Page>
  );
}
