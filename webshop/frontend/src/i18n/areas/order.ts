import { addTexts } from "../index";
import en from "../locales/en/order.json";
import fr from "../locales/fr/order.json";

addTexts("order", { fr, en });
