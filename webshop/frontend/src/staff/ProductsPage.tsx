import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { createProduct, listProducts } from "../api/staff";
import { StockBadge } from "../catalogue/StockBadge";
import { useFormat } from "../format/useFormat";
import { Page } from "../layout/Page";
import { ActionDialog } from "./ActionDialog";
import { PagedTable } from "./DataTable";
import { Filters, useFilters } from "./Filters";
import { EMPTY_PRODUCT, newProduct, newProductSchema } from "./productForm";
import { ProductFields } from "./ProductFields";
import styles from "./Staff.module.css";

export default function ProductsPage() {
  const { t } = useTranslation("staff");
  const { money, number } = useFormat();
  const filters = useFilters();
  const [adding, setAdding] = useState(false);
  const { q } = filters;
  return (
    <Page title={t("places.products")}>
      <div className={styles.top}>
        <h1>{t("places.products")}</h1>
        <div className={styles.filters}>
          <Filters filters={filters} searchLabel={t("products.search")} />
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => {
              setAdding(true);
            }}
          >
            {t("products.new")}
          </Button>
        </div>
      </div>
      <PagedTable
        queryKey={["staff", "products", q]}
        load={(after, signal) => listProducts({ q, after }, signal)}
        caption={t("places.products")}
        rowKey={({ sku }) => sku}
        columns={[
          {
            label: t("products.product"),
            cell: ({ sku, name }) => (
              <>
                <Link to={`/staff/products/${encodeURIComponent(sku)}`}>{name}</Link>
                <br />
                <span className={styles.soft}>{sku}</span>
              </>
            ),
          },
          { label: t("products.category"), cell: ({ category }) => category },
          { label: t("products.price"), cell: ({ price, currency }) => money(price, currency), align: "end" },
          { label: t("stock.on_hand"), cell: ({ on_hand }) => number(on_hand), align: "end" },
          { label: t("stock.available"), cell: ({ available }) => number(available), align: "end" },
          {
            label: t("status"),
            cell: (product) => (
              product.not_for_sale ? t(`products.not_for_sale.${product.not_for_sale}`) : <StockBadge product={product} />
            ),
          },
        ]}
      />
      <ActionDialog
        open={adding}
        title={t("products.new")}
        side
        schema={newProductSchema}
        defaults={EMPTY_PRODUCT}
        send={(form, key) => createProduct(newProduct(form), key)}
        action={t("products.create")}
        done={t("products.created")}
        onClose={() => {
          setAdding(false);
        }}
      >
        <ProductFields fresh />
      </ActionDialog>
    </Page>
  );
}
