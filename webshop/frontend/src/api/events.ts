import { currentLanguage } from "../i18n";
import { sessionId } from "../session/session";
import { request } from "./http";

export type BrowsingEvent =
  | { event_type: "product_viewed"; sku: string }
  | { event_type: "product_searched"; query: string; results_count: number };

/**
 * Tells the shop what was viewed or searched. Fire and forget: a shopper must never wait for it
 * or see it fail; `keepalive` lets it finish when the page is left.
 */
export function recordEvent(event: BrowsingEvent): void {
  const { event_type, ...details } = event;
  const payload = { session_id: sessionId(), language: currentLanguage(), ...details };
  request("/events", { method: "POST", body: { event_type, payload }, keepalive: true }).catch(
    (error: unknown) => {
      console.warn("A browsing event was not recorded", error);
    },
  );
}
