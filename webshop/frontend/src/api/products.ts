import { query, request } from "./http";
import type { Category, Language, Product, ProductPage, StockLevel } from "./types";

export const SORTS = ["featured", "relevance", "price", "-price", "name", "-name"] as const;
export type Sort = (typeof SORTS)[number];

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
  return request(`/products${query({ ...filter, lang, after, limit: PAGE_SIZE })}`, { signal });
}

export function getProduct(sku: string, lang: Language, signal: AbortSignal): Promise<Product> {
  return request(`/products/${encodeURIComponent(sku)}${query({ lang })}`, { signal });
}

export async function listCategories(lang: Language, signal: AbortSignal): Promise<Category[]> {
  const { items } = await request<{ items: Category[] }>(`/categories${query({ lang })}`, { signal });
  return items;
}

/** The most products that one question about stock may name. */
export const MOST_SKUS = 50;

export async function listStock(skus: string[], signal: AbortSignal): Promise<StockLevel[]> {
  const asked = query({ skus: skus.join(",") });
  const { items } = await request<{ items: StockLevel[] }>(`/stock${asked}`, { signal });
  return items;
}
