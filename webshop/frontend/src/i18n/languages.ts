export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export const DEFAULT_LANGUAGE: Language = "fr";

/** The region whose conventions numbers and dates follow in each language. */
export const LOCALES: Record<Language, string> = { fr: "fr-FR", en: "en-GB" };

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}
