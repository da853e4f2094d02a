import type { TFunction } from "i18next";

const REASONS = [
  "required", "email", "name", "too_long", "too_short", "postal_code", "price", "count", "at_least",
  "passwords_differ", "phone", "period", "nothing_chosen", "easy_password", "refused",
] as const;

/** What is wrong with a field, in the language of the page; undefined when nothing is. */
export function fieldError(t: TFunction, message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  const [name, limit] = message.split(":");
  const reason = REASONS.find((known) => known === name) ?? "refused";
  return t(`invalid.${reason}`, { limit });
}
