import { query, request } from "./http";
import type {
  AuditEntry,
  Customer,
  FailedMail,
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
export const listFailedMails = list<FailedMail>("mails/failed");
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

/** Sends a change that is made once, however often it is sent with the same key. */
function post(path: string, body: unknown, key: string): Promise<unknown> {
  return request(`/staff/${path}`, { method: "POST", body, headers: { "Idempotency-Key": key } });
}

const orderPath = (orderId: string) => `orders/${encodeURIComponent(orderId)}`;
const returnPath = (returnId: string) => `returns/${encodeURIComponent(returnId)}`;
const stockPath = (sku: string) => `stock/${encodeURIComponent(sku)}`;

export const shipOrder = (orderId: string, body: { tracking?: string }, key: string) =>
  post(`${orderPath(orderId)}/ship`, body, key);

export const cancelOrder = (orderId: string, body: { reason: string }, key: string) =>
  post(`${orderPath(orderId)}/cancel`, body, key);

export const refundOrder = (
  orderId: string,
  body: { lines: LineQuantity[]; reason: string; restock: boolean },
  key: string,
) => post(`${orderPath(orderId)}/refunds`, body, key);

export const acceptReturn = (returnId: string, body: { note?: string }, key: string) =>
  post(`${returnPath(returnId)}/accept`, body, key);

export const refuseReturn = (returnId: string, body: { note?: string }, key: string) =>
  post(`${returnPath(returnId)}/refuse`, body, key);

export const receiveReturn = (returnId: string, body: { restock: boolean }, key: string) =>
  post(`${returnPath(returnId)}/receive`, body, key);

export const restock = (sku: string, body: { quantity: number; reason: string }, key: string) =>
  post(`${stockPath(sku)}/restock`, body, key);

export const countStock = (sku: string, body: { on_hand: number; reason: string }, key: string) =>
  post(`${stockPath(sku)}/count`, body, key);

export const retryMail = (mailId: string, key: string) =>
  post(`mails/${encodeURIComponent(mailId)}/retry`, {}, key);

export const createProduct = (body: NewProduct, key: string) => post("products", body, key);

export const createPromotion = (body: NewPromotion, key: string) => post("promotions", body, key);

export function changeProduct(sku: string, body: ProductChange): Promise<StaffProduct> {
  return request(`/staff/products/${encodeURIComponent(sku)}`, { method: "PATCH", body });
}

export function changeRole(accountId: string, role: Role): Promise<unknown> {
  return request(`/staff/accounts/${encodeURIComponent(accountId)}`, { method: "PATCH", body: { role } });
}

/** Takes off the second factor that the owner of an account has lost. */
export function removeLostFactor(accountId: string): Promise<unknown> {
  return request(`/staff/accounts/${encodeURIComponent(accountId)}/second-factor`, { method: "DELETE" });
}
