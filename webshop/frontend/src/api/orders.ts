import type { Language } from "../i18n/languages";
import { answer, shop } from "./http";
import type {
  LineUnits,
  OrderHistory,
  OrderRecord,
  Payment,
  ReturnRecord,
  StartedPayment,
} from "./schema";

/** Anyone who has an order's token may open it; its account needs none (null). */
export interface OrderAccess {
  orderId: string;
  token: string | null;
}

const path = ({ orderId }: OrderAccess) => ({ order_id: orderId });

const headers = ({ token }: OrderAccess) => ({ "X-Order-Token": token });

export function getOrder(order: OrderAccess, signal?: AbortSignal): Promise<OrderRecord> {
  const params = { path: path(order) };
  return answer(shop.GET("/api/v1/orders/{order_id}", { params, headers: headers(order), signal }));
}

/** Opens a payment at the gateway. Safe to repeat with the same key. */
export function startPayment(
  order: OrderAccess,
  body: { language: Language },
  key: string,
): Promise<StartedPayment> {
  const params = { path: path(order), header: { "Idempotency-Key": key } };
  return answer(shop.POST("/api/v1/orders/{order_id}/payments", { params, headers: headers(order), body }));
}

export function getPayment(order: OrderAccess, paymentId: string, signal: AbortSignal): Promise<Payment> {
  const params = { path: { ...path(order), payment_id: paymentId } };
  return answer(
    shop.GET("/api/v1/orders/{order_id}/payments/{payment_id}", { params, headers: headers(order), signal }),
  );
}

export function cancelOrder(order: OrderAccess, reason: string, key: string): Promise<OrderRecord> {
  const params = { path: path(order), header: { "Idempotency-Key": key } };
  const body = reason ? { reason } : {};
  return answer(shop.POST("/api/v1/orders/{order_id}/cancel", { params, headers: headers(order), body }));
}

export function requestReturn(
  order: OrderAccess,
  body: { lines: LineUnits[]; reason: string },
  key: string,
): Promise<ReturnRecord> {
  const params = { path: path(order), header: { "Idempotency-Key": key } };
  return answer(shop.POST("/api/v1/orders/{order_id}/returns", { params, headers: headers(order), body }));
}

/** The orders of the account that is logged in, newest first. */
export function listOwnOrders(after: string | null, signal: AbortSignal): Promise<OrderHistory> {
  const query = { after: after ?? undefined, limit: 10 };
  return answer(shop.GET("/api/v1/account/orders", { params: { query }, signal }));
}
