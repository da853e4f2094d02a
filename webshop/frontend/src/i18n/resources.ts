import enCart from "./locales/en/cart.json";
import enCatalogue from "./locales/en/catalogue.json";
import enCheckout from "./locales/en/checkout.json";
import enCommon from "./locales/en/common.json";
import enDashboard from "./locales/en/dashboard.json";
import enOrder from "./locales/en/order.json";
import frCart from "./locales/fr/cart.json";
import frCatalogue from "./locales/fr/catalogue.json";
import frCheckout from "./locales/fr/checkout.json";
import frCommon from "./locales/fr/common.json";
import frDashboard from "./locales/fr/dashboard.json";
import frOrder from "./locales/fr/order.json";

/** All texts of the shop, by language and by the area that shows them. */
export const resources = {
  fr: {
    common: frCommon,
    catalogue: frCatalogue,
    cart: frCart,
    checkout: frCheckout,
    order: frOrder,
    dashboard: frDashboard,
  },
  en: {
    common: enCommon,
    catalogue: enCatalogue,
    cart: enCart,
    checkout: enCheckout,
    order: enOrder,
    dashboard: enDashboard,
  },
} as const;
