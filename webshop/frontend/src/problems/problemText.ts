import i18next, { type TFunction } from "i18next";

import { ApiError, NetworkError } from "../api/http";
import type { Texts } from "../i18n/resources";

type Key = `kinds.${keyof Texts["problems"]["kinds"]}`;

const isKey = (key: string): key is Key => i18next.exists(key, { ns: "problems" });

/** What problems of some kinds, such as "login-failed", mean on one page. */
export type Meanings = Readonly<Record<string, string>>;

/** Why something did not work, in the language of the page: the API's own sentence is English. */
export function problemText(t: TFunction<"problems">, error: Error, meanings: Meanings = {}): string {
  if (error instanceof NetworkError) return t("no_answer");
  if (!(error instanceof ApiError)) return t("failed");
  const { kind, status, retryAfter } = error;
  if (status === 429 && retryAfter) return t("wait", { count: retryAfter });
  const key = `kinds.${kind.replaceAll("-", "_")}`;
  return meanings[kind] ?? (isKey(key) ? t(key) : t(status < 500 ? "refused" : "failed"));
}
