import { request } from "./http";
import type { Order, PaymentRequest } from "./types";

export function getOrder(orderId: string, token: string, signal?: AbortSignal): Promise<Order> {
  return request(`/orders/${encodeURIComponent(orderId)}`, {
    headers: { "X-Order-Token": token },
    ...(signal ? { signal } : {}),
  });
}

/** Pays an order; throws ApiError 402 when the card is declined. Safe to repeat with the same key. */
export function payOrder(
  orderId: string,
  token: string,
  body: PaymentRequest,
  key: string,
): Promise<Order> {
  return request(`/orders/${encodeURIComponent(orderId)}/payments`, {
    method: "POST",
    body,
    headers: { "X-Order-Token": token, "Idempotency-Key": key },
  });
}

export function cancelOrder(orderId: string, token: string): Promise<Order> {
  return request(`/orders/${encodeURIComponent(orderId)}/cancel`, {
    method: "POST",
    headers: { "X-Order-Token": token },
  });
}
