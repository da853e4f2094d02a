import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { quoteCart } from "../api/carts";
import type { Cart, ShippingRecord } from "../api/schema";

const TYPING_PAUSE_MS = 300;

export interface QuoteChoice {
  country: string;
  shipping_method: ShippingRecord["code"];
  promo_code: string;
}

/** What the cart costs with what is chosen; asked for again shortly after a choice changes. */
export function useQuote(cart: Cart, choice: QuoteChoice, enabled: boolean) {
  const { country, shipping_method, promo_code } = choice;
  const [asked] = useDebouncedValue(
    JSON.stringify({ country, shipping_method, ...(promo_code ? { promo_code } : {}) }),
    TYPING_PAUSE_MS,
  );
  return useQuery({
    queryKey: ["quote", cart.cart_id, cart.total, asked],
    queryFn: ({ signal }) => quoteCart(cart.cart_id, JSON.parse(asked) as QuoteChoice, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}
