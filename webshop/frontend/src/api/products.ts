import type { Language } from "../i18n/languages";
import { answer, shop } from "./http";
import type { Category, paths, Product, ProductPage, Availability } from "./schema";

type Query = NonNullable<paths["/api/v1/products"]["get"]["parameters"]["query"]>;

export type Sort = NonNullable<Query["sort"]>;
export const SORTS = ["featured", "relevance", "price", "-price", "name", "-name"] as const satisfies Sort[];

/** What the catalogue is narrowed to; "" where it is not. */
export interface ProductFilter {
  q: string;
  category: string;
  in_stock: boolean;
  min_price: string;
  max_price: string;
  sort: Sort | "";
}

const PAGE_SIZE = 24;

/** One page of the catalogue, from the cursor `after` (null: from the start). */
export function listProducts(
  filter: ProductFilter,
  lang: Language,
  after: string | null,
  signal: AbortSignal,
): Promise<ProductPage> {
  const query = {
    q: filter.q || undefined,
    category: filter.category || undefined,
    in_stock: filter.in_stock || undefined,
    min_price: filter.min_price ? Number(filter.min_price) : undefined,
    max_price: filter.max_price ? Number(filter.max_price) : undefined,
    sort: filter.sort || undefined,
    lang,
    after: after ?? undefined,
    limit: PAGE_SIZE,
  };
  return answer(shop.GET("/api/v1/products", { params: { query }, signal }));
}

export function getProduct(sku: string, lang: Language, signal: AbortSignal): Promise<Product> {
  return answer(shop.GET("/api/v1/products/{sku}", { params: { path: { sku }, query: { lang } }, signal }));
}

export async function listCategories(lang: Language, signal: AbortSignal): Promise<Category[]> {
  const { items } = await answer(shop.GET("/api/v1/categories", { params: { query: { lang } }, signal }));
  return items;
}

/** The most products that one question about stock may name. */
export const MOST_SKUS = 50;

export async function listStock(skus: string[], signal: AbortSignal): Promise<Availability[]> {
  const query = { skus: skus.join(",") };
  const { items } = await answer(shop.GET("/api/v1/stock", { params: { query }, signal }));
  return items;
}
