import type { QueryClient } from "@tanstack/react-query";

import type { Category, Product, ProductPage, ShippingRecord } from "../api/schema";
import { filterOf } from "../catalogue/filter";
import { catalogueQuery, categoriesQuery, productQuery } from "../catalogue/useCatalogue";
import { HOME, shippingQuery } from "../checkout/useShippingMethods";
import type { Language } from "../i18n/languages";

/** The API responses that a server-rendered page embeds (webshop/storefront/ssr). */
export interface InitialData {
  language: Language;
  product?: Product;
  shipping?: ShippingRecord[];
  products?: ProductPage;
  categories?: Category[];
}

/**
 * Seeds the query cache with the embedded responses, so that the first render is complete and nothing is fetched twice.
 * A page from the browser's history may be stale: its data is shown and refetched.
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

/** The embedded data; null if the page was not rendered by the server. */
export function readInitialData(): InitialData | null {
  const block = document.getElementById("initial-data");
  return block && (JSON.parse(block.textContent) as InitialData);
}

/** Removes the head elements of the server-rendered page when another page is shown. */
export function removeServerHead(): void {
  for (const fact of document.head.querySelectorAll("[data-ssr]")) fact.remove();
}

export function isHistoryNavigation(): boolean {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return visit?.type === "back_forward";
}
