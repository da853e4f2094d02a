import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { getSession, logIn, logOut } from "../api/account";
import type { Account, Role, Session } from "../api/schema";
import { recall, remember } from "./session";

const SESSION_STALE_MS = 5 * 60_000;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: getSession,
  staleTime: SESSION_STALE_MS,
  refetchOnWindowFocus: true,
});

/** Where a guest's cart is remembered; an account's is in its session. */
export const CART_ID = "cart_id";

const RANK: Record<Role, number> = { customer: 0, manager: 1, admin: 2 };

/** Whether the account may do what `role` may. */
export function hasRole(account: Account | null, role: Role): boolean {
  return account !== null && RANK[account.role] >= RANK[role];
}

/** Who the visitor is; `account` is null for guests and while it is not known yet. */
export function useSession() {
  const query = useQuery(sessionQuery);
  return { ...query, account: query.data?.account ?? null };
}

export function useLogIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ email, password, code }: { email: string; password: string; code: string }) => {
      const guestCart = recall(CART_ID);
      return logIn({ email, password, ...(code && { code }), ...(guestCart && { cart_id: guestCart }) });
    },
    onSuccess: async (session: Session) => {
      remember(CART_ID, null); // it went into the account's cart
      client.setQueryData(sessionQuery.queryKey, session);
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
}

export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: logOut,
    onSuccess: () => {
      forgetAccount(client);
    },
  });
}

/** Nothing that only the account may see stays behind. */
export function forgetAccount(client: QueryClient): void {
  client.setQueriesData({ queryKey: ["cart"] }, null);
  client.removeQueries({ predicate: ({ queryKey }) => !isPublic(queryKey) });
  client.setQueryData(sessionQuery.queryKey, { account: null, csrf_token: null, cart_id: null });
}

function isPublic([area]: readonly unknown[]): boolean {
  return ["products", "product", "categories", "stock", "shipping", "cart", "session"].includes(String(area));
}
