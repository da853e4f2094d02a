import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";

import { getProduct, listCategories, listProducts, type ProductFilter } from "../api/products";
import { useFormat } from "../format/useFormat";
import type { Language } from "../i18n/languages";

export const catalogueQuery = (filter: ProductFilter, language: Language) =>
  infiniteQueryOptions({
    queryKey: ["products", filter, language],
    queryFn: ({ pageParam, signal }) => listProducts(filter, language, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** The catalogue's pages that match the filter; what is left of each product is useLiveStock's. */
export function useCatalogue(filter: ProductFilter) {
  const { language } = useFormat();
  return useInfiniteQuery({ ...catalogueQuery(filter, language), placeholderData: keepPreviousData });
}

const CATEGORIES_STALE_MS = 5 * 60_000;

export const categoriesQuery = (language: Language) =>
  queryOptions({
    queryKey: ["categories", language],
    queryFn: ({ signal }) => listCategories(language, signal),
    staleTime: CATEGORIES_STALE_MS,
  });

export function useCategories() {
  const { language } = useFormat();
  return useQuery({ ...categoriesQuery(language), placeholderData: keepPreviousData });
}

const PRODUCT_REFRESH_MS = 60_000;

export const productQuery = (sku: string, language: Language) =>
  queryOptions({
    queryKey: ["product", sku, language],
    queryFn: ({ signal }) => getProduct(sku, language, signal),
  });

export function useProduct(sku: string) {
  const { language } = useFormat();
  return useQuery({
    ...productQuery(sku, language),
    refetchInterval: PRODUCT_REFRESH_MS,
    placeholderData: (previous) => (previous?.sku === sku ? previous : undefined),
  });
}
