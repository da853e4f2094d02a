import { keepPreviousData, useQueries } from "@tanstack/react-query";

import { listStock, MOST_SKUS } from "../api/products";
import type { Availability } from "../api/schema";

/** How often stock is asked for while the tab is in sight; coming back to it asks immediately. */
const STOCK_REFRESH_MS = 10_000;

function chunks(skus: string[]): string[][] {
  const count = Math.ceil(skus.length / MOST_SKUS);
  return Array.from({ length: count }, (_, n) => skus.slice(n * MOST_SKUS, (n + 1) * MOST_SKUS));
}

/**
 * What is left of these products, by sku, as the shop last said. A product is missing while the
 * shop has not answered: what came with the product itself holds until then.
 */
export function useLiveStock(skus: string[]): Map<string, Availability> {
  return useQueries({
    queries: chunks(skus).map((asked) => ({
      queryKey: ["stock", asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => listStock(asked, signal),
      refetchInterval: STOCK_REFRESH_MS,
      refetchOnWindowFocus: "always" as const,
      // "Show more" asks for more products: what is known of the others stays meanwhile.
      placeholderData: keepPreviousData,
    })),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => data ?? []).map((level) => [level.sku, level])),
  });
}

/** The product with what is left of it now. */
export function withStock<T extends { sku: string }>(item: T, stock: Map<string, Availability>): T {
  const level = stock.get(item.sku);
  return level ? { ...item, available: level.available, stock_state: level.stock_state } : item;
}
