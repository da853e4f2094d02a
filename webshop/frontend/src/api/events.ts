import { currentLanguage } from "../i18n";
import { sessionId } from "../session/session";
import { shop } from "./http";

const visitor = () => ({ session_id: sessionId(), language: currentLanguage() });

export function recordView(sku: string): void {
  const payload = { ...visitor(), sku };
  const body = { events: [{ event_type: "product_viewed" as const, payload }] };
  forget(shop.POST("/api/v1/events", { body, keepalive: true }));
}

export function recordSearch(query: string, resultsCount: number): void {
  const payload = { ...visitor(), query, results_count: resultsCount };
  const body = { events: [{ event_type: "product_searched" as const, payload }] };
  forget(shop.POST("/api/v1/events", { body, keepalive: true }));
}

/** A shopper must never wait for an event or see it fail; `keepalive` lets it finish when the page is left. */
function forget(sent: Promise<unknown>): void {
  sent.catch((error: unknown) => {
    console.warn("A browsing event was not recorded", error);
  });
}
