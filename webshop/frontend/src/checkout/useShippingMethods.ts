import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";

import { listShippingMethods } from "../api/carts";

const SHIPPING_STALE_MS = 5 * 60_000;

/** The country of the shop, for what delivery costs before anybody has typed an address. */
export const HOME = "FR";

export const shippingQuery = (country: string) =>
  queryOptions({
    queryKey: ["shipping", country],
    queryFn: ({ signal }) => listShippingMethods(country, signal),
    staleTime: SHIPPING_STALE_MS,
  });

/** The ways to deliver to a country (ISO 3166-1 code), with their prices. */
export function useShippingMethods(country: string) {
  return useQuery({ ...shippingQuery(country), placeholderData: keepPreviousData });
}
