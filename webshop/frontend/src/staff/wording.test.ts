import i18next from "i18next";
import { expect, it } from "vitest";

import staff from "../i18n/locales/fr/staff.json";
import { subjectText, wording } from "./wording";

it("a code of the API is shown in the language of the page, one without a text as it is", async () => {
  await i18next.init({ lng: "fr", resources: { fr: { staff } } });
  const t = i18next.getFixedT("fr", "staff");
  expect(wording(t, "actions", "order.ship")).toBe("Commande expédiée");
  expect(wording(t, "actions", "order.teleport")).toBe("order.teleport");
  expect(subjectText(t, "product CUI-001")).toBe("Produit CUI-001");
  expect(subjectText(t, "warehouse 7")).toBe("warehouse 7");
});
