import { query, request } from "./http";
import type { KpiReport, StockAlert } from "./types";

/** The indicators of the business days from `from` to `to`, both included ("YYYY-MM-DD"). */
export function getKpis(from: string, to: string, signal: AbortSignal): Promise<KpiReport> {
  return request(`/kpis${query({ from, to })}`, { signal });
}

/** The latest stock alerts, newest first. */
export async function listAlerts(limit: number, signal: AbortSignal): Promise<StockAlert[]> {
  const { items } = await request<{ items: StockAlert[] }>(`/alerts${query({ limit })}`, { signal });
  return items;
}
