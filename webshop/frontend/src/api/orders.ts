import { query, request } from "./http";
import type {
  Language,
  LineQuantity,
  Listing,
  Order,
  OrderReturn,
  OrderSummary,
  Payment,
  StartedPayment,
} from "./types";

/** Whoever holds an order's token may open it; its account needs none (null). */
export interface OrderAccess {
  orderId: string;
  token: string | null;
}

const address = ({ orderId }: OrderAccess) => `/orders/${encodeURIComponent(orderId)}`;

const access = ({ token }: OrderAccess): Record<string, string> =>
  token === null ? {} : { "X-Order-Token": token };

export function getOrder(order: OrderAccess, signal?: AbortSignal): Promise<Order> {
  return request(address(order), { headers: access(order), ...(signal ? { signal } : {}) });
}

/** Opens a payment at the gateway. Safe to repeat with the same key. */
export function startPayment(
  order: OrderAccess,
  body: { language: Language },
  key: string,
): Promise<StartedPayment> {
  return request(`${address(order)}/payments`, {
    method: "POST",
    body,
    headers: { ...access(order), "Idempotency-Key": key },
  });
}

export function getPayment(
  order: OrderAccess,
  paymentId: string,
  signal: AbortSignal,
): Promise<Payment> {
  return request(`${address(order)}/payments/${encodeURIComponent(paymentId)}`, {
    headers: access(order),
    signal,
  });
}

export function cancelOrder(order: OrderAccess, reason: string, key: string): Promise<Order> {
  return request(`${address(order)}/cancel`, {
    method: "POST",
    body: reason ? { reason } : {},
    headers: { ...access(order), "Idempotency-Key": key },
  });
}

export function requestReturn(
  order: OrderAccess,
  body: { lines: LineQuantity[]; reason: string },
  key: string,
): Promise<OrderReturn> {
  return request(`${address(order)}/returns`, {
    method: "POST",
    body,
    headers: { ...access(order), "Idempotency-Key": key },
  });
}

/** The orders of the account that is logged in, newest first. */
export function listOwnOrders(
  after: string | null,
  signal: AbortSignal,
): Promise<Listing<OrderSummary>> {
  return request(`/account/orders${query({ after, limit: 10 })}`, { signal });
}
