import i18next, { type TFunction } from "i18next";

import type { Texts } from "../i18n/resources";

type Wording = Texts["staff"]["wording"];
type Key = { [Kind in keyof Wording]: `wording.${Kind}.${keyof Wording[Kind] & string}` }[keyof Wording];

const isKey = (key: string): key is Key => i18next.exists(key, { ns: "staff" });

/** The text for a code of the API, such as "order.ship"; the code itself while it has no text. */
export function wording(t: TFunction<"staff">, kind: keyof Wording, code: string): string {
  const key = `wording.${kind}.${code.replace(/\W/g, "_")}`;
  return isKey(key) ? t(key) : code;
}

/** "Commande SN-1" from "order SN-1", the subject of an audit entry. */
export function subjectText(t: TFunction<"staff">, subject: string): string {
  const [kind = "", ...name] = subject.split(" ");
  return [wording(t, "subjects", kind), ...name].join(" ");
}
