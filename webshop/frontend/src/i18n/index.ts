import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { chosenLanguage, keepLanguage } from "./chosenLanguage";
import { DEFAULT_LANGUAGE, isLanguage, LANGUAGES, type Language } from "./languages";
import { resources, type Texts } from "./resources";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Texts;
  }
}

void i18next.use(initReactI18next).init({
  resources,
  lng: chosenLanguage() ?? DEFAULT_LANGUAGE,
  fallbackLng: DEFAULT_LANGUAGE,
  defaultNS: "common",
  interpolation: { escapeValue: false }, // React escapes
});

document.documentElement.lang = i18next.language;

/** Adds the texts of an area whose pages are loaded on demand. */
export function addTexts<Area extends keyof Texts>(area: Area, texts: Record<Language, Texts[Area]>): void {
  for (const language of LANGUAGES) i18next.addResourceBundle(language, area, texts[language]);
}

export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  keepLanguage(language);
  document.documentElement.lang = language;
}

/** The language of the page, as events and formats need it. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : DEFAULT_LANGUAGE;
}
