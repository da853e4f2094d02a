import type { TFunction } from "i18next";

const SHOWN_OF_ID = 8;

/** Who did it, from "account:<uuid>", "guest" or "system". */
export function actorName(t: TFunction<"staff">, actor: string): string {
  const [kind, id = ""] = actor.split(":");
  if (kind === "account") return t("actor.account", { id: id.slice(0, SHOWN_OF_ID) });
  if (kind === "guest") return t("actor.guest");
  return kind === "system" ? t("actor.system") : actor;
}
