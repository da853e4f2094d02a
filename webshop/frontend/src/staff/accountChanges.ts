import type { Account, CustomerRecord } from "../api/schema";
import { hasRole } from "../session/useSession";

export type AccountChange = "role" | "second_factor";

/** What the visitor may change of a customer's account: admins only, and never of their own. */
export function accountChanges(customer: CustomerRecord, visitor: Account | null): AccountChange[] {
  const { account_id, second_factor } = customer;
  if (!hasRole(visitor, "admin") || !account_id || account_id === visitor?.account_id) return [];
  return second_factor ? ["role", "second_factor"] : ["role"];
}
