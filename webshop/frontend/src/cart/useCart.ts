import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { addCartItem, createCart, getCart, removeCartItem, setCartQuantity } from "../api/carts";
import { ApiError } from "../api/http";
import type { Cart } from "../api/types";
import { recall, remember } from "../session/session";

const CART_KEY = ["cart"];
const CART_ID = "cart_id";
const CART_REFRESH_MS = 15_000;

export function rememberCart(cartId: string | null): void {
  remember(CART_ID, cartId);
}

/** The remembered cart; null when there is none, or when it became an order in the meantime. */
async function loadCart(signal: AbortSignal): Promise<Cart | null> {
  const cartId = recall(CART_ID);
  if (!cartId) return null;
  try {
    const cart = await getCart(cartId, signal);
    if (cart.status === "open") return cart;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  rememberCart(null);
  return null;
}

async function ensureCartId(): Promise<string> {
  const remembered = recall(CART_ID);
  if (remembered) return remembered;
  const cart = await createCart();
  rememberCart(cart.cart_id);
  return cart.cart_id;
}

/** The shopper's cart and what can be done with it; the shop's answer replaces the shown cart. */
export function useCart() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: CART_KEY,
    queryFn: ({ signal }) => loadCart(signal),
    refetchInterval: CART_REFRESH_MS,
  });
  const show = (cart: Cart) => {
    client.setQueryData(CART_KEY, cart);
  };
  const add = useMutation({
    scope: { id: "cart" },
    mutationFn: async ({ sku, quantity }: { sku: string; quantity: number }) =>
      addCartItem(await ensureCartId(), sku, quantity),
    onSuccess: show,
  });
  const setQuantity = useMutation({
    scope: { id: "cart" },
    mutationFn: async ({ sku, quantity }: { sku: string; quantity: number }) =>
      setCartQuantity(await ensureCartId(), sku, quantity),
    onSuccess: show,
  });
  const remove = useMutation({
    scope: { id: "cart" },
    mutationFn: async (sku: string) => removeCartItem(await ensureCartId(), sku),
    onSuccess: show,
  });
  const items = query.data?.items ?? [];
  return {
    query,
    cart: query.data ?? null,
    items,
    count: items.reduce((sum, item) => sum + item.quantity, 0),
    add,
    setQuantity,
    remove,
  };
}
