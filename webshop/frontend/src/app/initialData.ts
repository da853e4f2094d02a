import type { QueryClient } from "@tanstack/react-query";

import type { Category, Product, ProductPage, ShippingRecord } from "../api/schema";
import { filterOf } from "../catalogue/filter";
import { catalogueQuery, categoriesQuery, productQuery } from "../catalogue/useCatalogue";
import { HOME, shippingQuery } from "../checkout/useShippingMethods";
import type { Language } from "../i18n/languages";

/** What the API would answer to the first page, which the shop draws from it (webshop/storefront/ssr). */
export interface InitialData {
  language: Language;
  product?: Product;
  shipping?: ShippingRecord[];
  products?: ProductPage;
  categories?: Category[];
}

/**
 * Puts the answers that came with the page where the first drawing looks for them, so that it is
 * complete at once and nothing is asked for twice. A page that the browser shows again from its
 * history may be old: its answers are shown, and asked for.
 */
export function seedQueryCache(client: QueryClient, answers: InitialData, search: string, isOld: boolean): void {
  const { language, product, shipping, products, categories } = answers;
  const options = isOld ? { updatedAt: 0 } : {};
  if (product) client.setQueryData(productQuery(product.sku, language).queryKey, product, options);
  if (shipping) client.setQueryData(shippingQuery(HOME).queryKey, shipping, options);
  if (products) {
    const { queryKey } = catalogueQuery(filterOf(new URLSearchParams(search)), language);
    client.setQueryData(queryKey, { pages: [products], pageParams: [null] }, options);
  }
  if (categories) client.setQueryData(categoriesQuery(language).queryKey, categories, options);
}

/** The answers that came with the page; null where the shop drew none. */
export function readInitialData(): InitialData | null {
  const block = document.getElementById("initial-data");
  return block && (JSON.parse(block.textContent) as InitialData);
}

/** Takes away what the head says of the first page only: another page is shown now. */
export function removeServerHead(): void {
  for (const fact of document.head.querySelectorAll("[data-ssr]")) fact.remove();
}

export function isHistoryNavigation(): boolean {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return visit?.type === "back_forward";
}
