import { addTexts } from "../index";
import en from "../locales/en/account.json";
import fr from "../locales/fr/account.json";

addTexts("account", { fr, en });
