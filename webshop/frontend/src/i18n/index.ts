import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { recall, remember } from "../session/session";
import { DEFAULT_LANGUAGE, isLanguage, type Language } from "./languages";
import { resources } from "./resources";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: (typeof resources)["fr"];
  }
}

const remembered = recall("language");

void i18next.use(initReactI18next).init({
  resources,
  lng: isLanguage(remembered) ? remembered : DEFAULT_LANGUAGE,
  fallbackLng: DEFAULT_LANGUAGE,
  defaultNS: "common",
  interpolation: { escapeValue: false }, // React escapes
});

document.documentElement.lang = i18next.language;

export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  remember("language", language);
  document.documentElement.lang = language;
}

/** The language of the page, as events and formats need it. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : DEFAULT_LANGUAGE;
}
