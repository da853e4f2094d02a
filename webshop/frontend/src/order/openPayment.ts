import { type OrderAccess, startPayment } from "../api/orders";
import type { StartedPayment } from "../api/schema";
import { AttemptKey } from "../forms/attemptKey";
import { currentLanguage } from "../i18n";

/** One attempt per order, whichever page goes on with it: a lost answer is asked for by its key. */
const attempts = new Map<string, AttemptKey>();

/** Opens a payment of the order at the gateway, or finds the one whose answer was lost. */
export function openPayment(order: OrderAccess): Promise<StartedPayment> {
  const attempt = attempts.get(order.orderId) ?? new AttemptKey();
  attempts.set(order.orderId, attempt);
  const body = { language: currentLanguage() };
  return attempt.run(body, (key) => startPayment(order, body, key));
}
