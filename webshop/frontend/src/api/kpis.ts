import { answer, shop } from "./http";
import type { Alert, Indicators } from "./schema";

/** The indicators of the business days from `from` to `to`, both included ("YYYY-MM-DD"). */
export function getKpis(from: string, to: string, signal: AbortSignal): Promise<Indicators> {
  return answer(shop.GET("/api/v1/kpis", { params: { query: { from, to } }, signal }));
}

/** The latest stock alerts, newest first. */
export async function listAlerts(limit: number, signal: AbortSignal): Promise<Alert[]> {
  const { items } = await answer(shop.GET("/api/v1/alerts", { params: { query: { limit } }, signal }));
  return items;
}
