import { useTranslation } from "react-i18next";

import type { Decimal } from "./decimal";
import { DEFAULT_LANGUAGE, isLanguage } from "../i18n/languages";
import {
  formatDate,
  formatDay,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  formatTime,
} from "./format";

/** The formats, bound to the language of the page. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : DEFAULT_LANGUAGE;
  return {
    language,
    money: (amount: Decimal, currency: string) => formatMoney(amount, currency, language),
    number: (value: Decimal | number, decimals = 0) => formatNumber(value, language, decimals),
    percent: (fraction: Decimal) => formatPercent(fraction, language),
    date: (iso: string) => formatDate(iso, language),
    day: (day: string, withYear = false) => formatDay(day, language, withYear),
    time: (instant: number) => formatTime(instant, language),
    moment: (iso: string) => formatMoment(iso, language),
  };
}
