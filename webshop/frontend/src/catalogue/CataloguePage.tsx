import { Button, Skeleton } from "@mantine/core";
import { IconMoodEmpty } from "@tabler/icons-react";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { ProductFilter } from "../api/products";
import { AreaBoundary, ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { StockNews } from "../stock/StockNews";
import { useLiveStock, withStock } from "../stock/useLiveStock";
import styles from "./CataloguePage.module.css";
import { CategoryFilter } from "./CategoryFilter";
import { filterOf, isNarrowed } from "./filter";
import { ProductTile } from "./ProductTile";
import { RefineBar } from "./RefineBar";
import { useCatalogue, useCategories } from "./useCatalogue";
import { useSearchEvent } from "./useSearchEvent";

export function CataloguePage() {
  const { t } = useTranslation("catalogue");
  const [params] = useSearchParams();
  const filter = filterOf(params);
  const categories = useCategories();
  const category =
    categories.data?.find((known) => known.category === filter.category)?.label ?? filter.category;
  const heading = filter.q ? t("results_for", { query: filter.q }) : category || t("headline");
  return (
    <Page title={filter.q ? heading : category || t("title")}>
      <div className={styles.intro}>
        <h1 className={styles.heading}>{heading}</h1>
        {!filter.q && !filter.category && <p className={styles.lead}>{t("intro")}</p>}
      </div>
      <AreaBoundary>
        <CategoryFilter filter={filter} />
        <RefineBar filter={filter} />
      </AreaBoundary>
      <AreaBoundary resetKey={JSON.stringify(filter)}>
        <Products filter={filter} />
      </AreaBoundary>
    </Page>
  );
}

const TILES_WHILE_LOADING = 8;
const TILES_ON_FIRST_SCREEN = 4;

function Products({ filter }: { filter: ProductFilter }) {
  const { t } = useTranslation("catalogue");
  const { t: tCommon } = useTranslation();
  const catalogue = useCatalogue(filter);
  useSearchEvent(filter.q, catalogue);
  // Many tiles are drawn in slices between which the browser can answer the visitor.
  const pages = useDeferredValue(catalogue.data?.pages);
  const listed = pages?.flatMap((page) => page.items) ?? [];
  const stock = useLiveStock(listed.map(({ sku }) => sku));

  if (catalogue.isError && !catalogue.data) {
    return <ErrorNote error={catalogue.error} onRetry={() => void catalogue.refetch()} />;
  }
  if (!pages) {
    return (
      <div className={styles.grid} role="status" aria-label={tCommon("loading")}>
        {Array.from({ length: TILES_WHILE_LOADING }, (_, index) => (
          <Skeleton key={index} className={styles.placeholder} radius="lg" />
        ))}
      </div>
    );
  }
  const products = listed.map((product) => withStock(product, stock));
  const total = pages[0]?.total ?? products.length;
  if (products.length === 0) {
    return (
      <EmptyNote
        icon={<IconMoodEmpty size={36} stroke={1.5} />}
        title={t("empty_title")}
        text={t(isNarrowed(filter) ? "empty_narrowed" : "empty_text")}
        action={
          <Button component={Link} to="/" variant="light">
            {t("empty_action")}
          </Button>
        }
      />
    );
  }
  return (
    <>
      <p className={styles.count} role="status">
        {t("count", { count: total })}
      </p>
      <StockNews products={products} />
      <div className={styles.grid} aria-busy={catalogue.isPlaceholderData}>
        {products.map((product, index) => (
          <ProductTile key={product.sku} product={product} eager={index < TILES_ON_FIRST_SCREEN} />
        ))}
      </div>
      {catalogue.hasNextPage && (
        <div className={styles.more}>
          <Button
            variant="default"
            size="md"
            loading={catalogue.isFetchingNextPage}
            onClick={() => void catalogue.fetchNextPage()}
          >
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}
