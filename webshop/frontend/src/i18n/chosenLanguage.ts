/** The language that the shopper chose, in a cookie: the server renders pages in it. */

import { isLanguage, type Language } from "./languages";

/** As webshop/storefront/ssr reads it. */
const COOKIE = "shopnow_language";
const YEAR_S = 365 * 24 * 60 * 60;

/** The chosen language; null when none was chosen, or when the browser forbids cookies. */
export function chosenLanguage(): Language | null {
  const cookies = document.cookie.split("; ");
  const value = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return isLanguage(value) ? value : null;
}

export function keepLanguage(language: Language): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
}
