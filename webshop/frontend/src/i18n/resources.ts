import enCart from "./locales/en/cart.json";
import enCatalogue from "./locales/en/catalogue.json";
import enCommon from "./locales/en/common.json";
import type frAccount from "./locales/fr/account.json";
import frCart from "./locales/fr/cart.json";
import frCatalogue from "./locales/fr/catalogue.json";
import type frCheckout from "./locales/fr/checkout.json";
import frCommon from "./locales/fr/common.json";
import type frDashboard from "./locales/fr/dashboard.json";
import type frOrder from "./locales/fr/order.json";
import type frProblems from "./locales/fr/problems.json";
import type frStaff from "./locales/fr/staff.json";

/** The texts of the first screens, by language and area; the others come with their pages. */
export const resources = {
  fr: { common: frCommon, catalogue: frCatalogue, cart: frCart },
  en: { common: enCommon, catalogue: enCatalogue, cart: enCart },
};

/** Every area's texts, as their French ones are shaped. */
export interface Texts {
  common: typeof frCommon;
  catalogue: typeof frCatalogue;
  cart: typeof frCart;
  checkout: typeof frCheckout;
  order: typeof frOrder;
  account: typeof frAccount;
  problems: typeof frProblems;
  staff: typeof frStaff;
  dashboard: typeof frDashboard;
}
