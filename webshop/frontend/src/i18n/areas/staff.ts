import { addTexts } from "../index";
import en from "../locales/en/staff.json";
import fr from "../locales/fr/staff.json";

addTexts("staff", { fr, en });
