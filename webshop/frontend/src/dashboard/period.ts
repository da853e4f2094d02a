/** Days as "YYYY-MM-DD"; arithmetic in UTC, where every day has 24 hours. */
const DAY_MS = 86_400_000;

export interface Period {
  from: string;
  to: string;
}

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Today where the manager is. */
export function localToday(now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

export function lastDays(count: number, today = localToday()): Period {
  const from = new Date(Date.parse(today) - (count - 1) * DAY_MS);
  return { from: from.toISOString().slice(0, 10), to: today };
}

/** The period of a page address; null when it names none, or an impossible one. */
export function periodOf(params: URLSearchParams): Period | null {
  const from = params.get("from");
  const to = params.get("to");
  return isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/** Every day of a period, both ends included. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY_MS) {
    days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}
