import { query, request } from "./http";
import type {
  AuditEntry,
  Customer,
  Ledger,
  NewProduct,
  NewPromotion,
  ProductChange,
  Promotion,
  StaffOrder,
  StaffProduct,
  StaffReturn,
} from "./staffTypes";
import type { LineQuantity, Listing, Order, Role } from "./types";

/** What a list is asked for: its filters, and the cursor `after` (null: from the start). */
export interface ListQuery {
  q?: string;
  status?: string;
  after: string | null;
}

const list =
  <T>(path: string) =>
  (asked: ListQuery, signal: AbortSignal): Promise<Listing<T>> =>
    request(`/staff/${path}${query({ ...asked })}`, { signal });

export const listOrders = list<StaffOrder>("orders");
export const listProducts = list<StaffProduct>("products");
export const listReturns = list<StaffReturn>("returns");
export const listCustomers = list<Customer>("customers");
export const listAudit = list<AuditEntry>("audit");

export async function listPromotions(signal: AbortSignal): Promise<Promotion[]> {
  const { items } = await request<{ items: Promotion[] }>("/staff/promotions", { signal });
  return items;
}

export function getOrder(orderId: string, signal: AbortSignal): Promise<Order> {
  return request(`/staff/orders/${encodeURIComponent(orderId)}`, { signal });
}

/** The movements of a product's stock, newest first, with the stock and what they add up to. */
export function getLedger(sku: string, after: string | null, signal: AbortSignal): Promise<Ledger> {
  return request(`/staff/stock/${encodeURIComponent(sku)}/movements${query({ after })}`, { signal });
}

/** A change that may be sent again with the same key without being made twice. */
const change =
  <Body>(path: (id: string) => string) =>
  (id: string, body: Body, key: string): Promise<unknown> =>
    request(`/staff/${path(encodeURIComponent(id))}`, {
      method: "POST",
      body,
      headers: { "Idempotency-Key": key },
    });

export const shipOrder = change<{ tracking?: string }>((id) => `orders/${id}/ship`);
export const cancelOrder = change<{ reason: string }>((id) => `orders/${id}/cancel`);
export const refundOrder = change<{ lines: LineQuantity[]; reason: string; restock: boolean }>(
  (id) => `orders/${id}/refunds`,
);
export const acceptReturn = change<{ note?: string }>((id) => `returns/${id}/accept`);
export const refuseReturn = change<{ note?: string }>((id) => `returns/${id}/refuse`);
export const receiveReturn = change<{ restock: boolean }>((id) => `returns/${id}/receive`);
export const restock = change<{ quantity: number; reason: string }>((id) => `stock/${id}/restock`);
export const countStock = change<{ on_hand: number; reason: string }>((id) => `stock/${id}/count`);

const create =
  <Body>(path: string) =>
  (body: Body, key: string): Promise<unknown> =>
    request(`/staff/${path}`, { method: "POST", body, headers: { "Idempotency-Key": key } });

export const createProduct = create<NewProduct>("products");
export const createPromotion = create<NewPromotion>("promotions");

export function changeProduct(sku: string, body: ProductChange): Promise<StaffProduct> {
  return request(`/staff/products/${encodeURIComponent(sku)}`, { method: "PATCH", body });
}

export function changeRole(accountId: string, role: Role): Promise<unknown> {
  return request(`/staff/accounts/${encodeURIComponent(accountId)}`, { method: "PATCH", body: { role } });
}
