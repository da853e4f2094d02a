import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";

import { addCartItem, createCart, getCart, removeCartItem, setCartQuantity } from "../api/carts";
import { ApiError } from "../api/http";
import type { Cart, Session } from "../api/schema";
import type { Language } from "../i18n/languages";
import { useFormat } from "../format/useFormat";
import { recall, remember } from "../session/session";
import { CART_ID, sessionQuery } from "../session/useSession";

const CART_KEY = ["cart"];
const CART_REFRESH_MS = 15_000;

/** Who is shopping; a session that cannot be asked for does not take the guest's cart away. */
async function currentSession(client: QueryClient): Promise<Session | null> {
  return client.query({ ...sessionQuery, staleTime: "static" }).catch(() => null);
}

async function cartId(client: QueryClient): Promise<string | null> {
  const session = await currentSession(client);
  return session?.account ? session.cart_id : recall(CART_ID);
}

async function setCartId(client: QueryClient, id: string | null): Promise<void> {
  const session = await currentSession(client);
  if (session?.account) client.setQueryData(sessionQuery.queryKey, { ...session, cart_id: id });
  else remember(CART_ID, id);
}

/** The remembered cart; null when there is none, or when it became an order in the meantime. */
async function loadCart(
  client: QueryClient,
  language: Language,
  signal: AbortSignal,
): Promise<Cart | null> {
  const id = await cartId(client);
  if (!id) return null;
  try {
    const cart = await getCart(id, language, signal);
    if (cart.status === "open") return cart;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  await setCartId(client, null);
  return null;
}

async function ensureCartId(client: QueryClient, language: Language): Promise<string> {
  const known = await cartId(client);
  if (known) return known;
  const cart = await createCart(language);
  await setCartId(client, cart.cart_id);
  return cart.cart_id;
}

/** The shopper's cart and what can be done with it; the shop's answer replaces the shown cart. */
export function useCart() {
  const client = useQueryClient();
  const { language } = useFormat();
  const queryKey = [...CART_KEY, language];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => loadCart(client, language, signal),
    refetchInterval: CART_REFRESH_MS,
    placeholderData: keepPreviousData,
    // What was last shown in the other language is an older cart.
    gcTime: 0,
  });
  const show = (cart: Cart) => {
    client.setQueryData(queryKey, cart);
  };
  const add = useMutation({
    scope: { id: "cart" },
    mutationFn: async ({ sku, quantity }: { sku: string; quantity: number }) =>
      addCartItem(await ensureCartId(client, language), sku, quantity, language),
    onSuccess: show,
  });
  const setQuantity = useMutation({
    scope: { id: "cart" },
    mutationFn: async ({ sku, quantity }: { sku: string; quantity: number }) =>
      setCartQuantity(await ensureCartId(client, language), sku, quantity, language),
    onSuccess: show,
  });
  const remove = useMutation({
    scope: { id: "cart" },
    mutationFn: async (sku: string) => removeCartItem(await ensureCartId(client, language), sku, language),
    onSuccess: show,
  });
  /** The cart has become an order. */
  const forget = async () => {
    await setCartId(client, null);
    client.setQueryData(queryKey, null);
  };
  const items = query.data?.items ?? [];
  return {
    query,
    cart: query.data ?? null,
    items,
    count: items.reduce((sum, item) => sum + item.quantity, 0),
    add,
    setQuantity,
    remove,
    forget,
  };
}
