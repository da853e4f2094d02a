import { addTexts } from "../index";
import en from "../locales/en/problems.json";
import fr from "../locales/fr/problems.json";

addTexts("problems", { fr, en });
