import { recall, remember } from "../session/session";

/** The tokens that open this browser's orders; there are no accounts yet. */
const TOKENS = "order_tokens";
const MOST_TOKENS = 20;

function tokens(): [orderId: string, token: string][] {
  const text = recall(TOKENS);
  return text ? (JSON.parse(text) as [string, string][]) : [];
}

export function orderToken(orderId: string): string | null {
  return tokens().find(([id]) => id === orderId)?.[1] ?? null;
}

export function rememberOrderToken(orderId: string, token: string): void {
  const others = tokens().filter(([id]) => id !== orderId);
  remember(TOKENS, JSON.stringify([[orderId, token], ...others].slice(0, MOST_TOKENS)));
}

/** The order that was placed but not paid yet, so that a reload of the page can go on with it. */
const PENDING = "pending_order";

export function pendingOrderId(): string | null {
  return recall(PENDING);
}

export function rememberPendingOrder(orderId: string | null): void {
  remember(PENDING, orderId);
}
