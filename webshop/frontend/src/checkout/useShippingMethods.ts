import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { listShippingMethods } from "../api/carts";

const SHIPPING_STALE_MS = 5 * 60_000;

/** The ways to deliver to a country (ISO 3166-1 code), with their prices. */
export function useShippingMethods(country: string) {
  return useQuery({
    queryKey: ["shipping", country],
    queryFn: ({ signal }) => listShippingMethods(country, signal),
    staleTime: SHIPPING_STALE_MS,
    placeholderData: keepPreviousData,
  });
}
