import type { OrderAccess } from "../api/orders";
import { recall, remember } from "../session/session";

/** The tokens that open this browser's orders to a guest, newest first. */
const TOKENS = "order_tokens";
const MOST_TOKENS = 20;

function tokens(): [orderId: string, token: string][] {
  const text = recall(TOKENS);
  return text ? (JSON.parse(text) as [string, string][]) : [];
}

/** How this browser opens an order: by its token, or as the account that is logged in. */
export function orderAccess(orderId: string): OrderAccess {
  return { orderId, token: tokens().find(([id]) => id === orderId)?.[1] ?? null };
}

export function rememberOrderToken(orderId: string, token: string): void {
  const others = tokens().filter(([id]) => id !== orderId);
  remember(TOKENS, JSON.stringify([[orderId, token], ...others].slice(0, MOST_TOKENS)));
}

/** The order that was placed but not paid yet: what "check out" means once its cart is gone. */
const PENDING = "pending_order";

export function pendingOrderId(): string | null {
  return recall(PENDING);
}

export function rememberPendingOrder(orderId: string | null): void {
  remember(PENDING, orderId);
}
