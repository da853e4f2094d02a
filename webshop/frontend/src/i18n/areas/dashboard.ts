import { addTexts } from "../index";
import en from "../locales/en/dashboard.json";
import fr from "../locales/fr/dashboard.json";

addTexts("dashboard", { fr, en });
