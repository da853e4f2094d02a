import { query, request } from "./http";
import type { Product, ProductPage } from "./types";

export interface ProductFilter {
  q: string;
  category: string;
}

const PAGE_SIZE = 24;

/** One page of the catalogue, from the cursor `after` (null: from the start). */
export function listProducts(
  filter: ProductFilter,
  after: string | null,
  signal: AbortSignal,
): Promise<ProductPage> {
  return request(`/products${query({ ...filter, after, limit: PAGE_SIZE })}`, { signal });
}

export function getProduct(sku: string, signal: AbortSignal): Promise<Product> {
  return request(`/products/${encodeURIComponent(sku)}`, { signal });
}

export interface Category {
  category: string;
  products: number;
}

export async function listCategories(signal: AbortSignal): Promise<Category[]> {
  const { items } = await request<{ items: Category[] }>("/categories", { signal });
  return items;
}
