import { addTexts } from "../index";
import en from "../locales/en/checkout.json";
import fr from "../locales/fr/checkout.json";

addTexts("checkout", { fr, en });
