import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { getProduct, listProducts, type ProductFilter } from "../api/products";

const STOCK_REFRESH_MS = 15_000;

/** The catalogue's pages that match the filter, refreshed so that the stock shown stays true. */
export function useCatalogue(filter: ProductFilter) {
  return useInfiniteQuery({
    queryKey: ["products", filter],
    queryFn: ({ pageParam, signal }) => listProducts(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: STOCK_REFRESH_MS,
  });
}

const PRODUCT_REFRESH_MS = 5_000;

export function useProduct(sku: string) {
  return useQuery({
    queryKey: ["product", sku],
    queryFn: ({ signal }) => getProduct(sku, signal),
    refetchInterval: PRODUCT_REFRESH_MS,
  });
}
