import type { Decimal } from "./decimal";
import { LOCALES, type Language } from "../i18n/languages";

/** Making an Intl format costs a hundred times what using it costs: each is made once. */
function once<Options, Format>(make: (locale: string, options: Options) => Format) {
  const made = new Map<string, Format>();
  return (language: Language, options: Options): Format => {
    const key = language + JSON.stringify(options);
    const known = made.get(key) ?? make(LOCALES[language], options);
    made.set(key, known);
    return known;
  };
}

const numbers = once((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const times = once((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));

/** "12,95 €" from "12.9500". The string goes to Intl as it is: no float rounds it on the way. */
export function formatMoney(amount: Decimal, currency: string, language: Language): string {
  return numbers(language, { style: "currency", currency }).format(amount);
}

export function formatNumber(value: Decimal | number, language: Language, decimals = 0): string {
  return numbers(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** "20 %" from "0.2000". */
export function formatPercent(fraction: Decimal, language: Language): string {
  return numbers(language, { style: "percent", maximumFractionDigits: 2 }).format(fraction);
}

/** "22 novembre 2026" from an ISO time. */
export function formatDate(iso: string, language: Language): string {
  return times(language, { dateStyle: "long" }).format(new Date(iso));
}

/** "22 nov." from "2026-11-22", a business day: a date without a time zone. */
export function formatDay(day: string, language: Language, withYear = false): string {
  return times(language, {
    day: "numeric",
    month: "short",
    ...(withYear ? { year: "numeric" } : {}),
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}

/** "22 nov., 14:05" from an ISO time. */
export function formatMoment(iso: string, language: Language): string {
  return times(language, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(iso));
}

/** "14:05:09", the time of day of an instant in milliseconds. */
export function formatTime(instant: number, language: Language): string {
  return times(language, { timeStyle: "medium" }).format(instant);
}
