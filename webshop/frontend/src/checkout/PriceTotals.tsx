import { useTranslation } from "react-i18next";

import type { PromotionRecord } from "../api/schema";
import type { Decimal } from "../format/decimal";
import { useFormat } from "../format/useFormat";
import styles from "./PriceTotals.module.css";

interface Amounts {
  gross: Decimal;
  discount: Decimal;
  shipping: Decimal;
  vat_included: Decimal;
  total: Decimal;
  currency: string;
  promotion: PromotionRecord | null;
}

/** How the total comes about, as the shop computed it; the VAT is part of it. */
export function PriceTotals({ amounts, busy = false }: { amounts: Amounts; busy?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (amount: Decimal) => format.money(amount, amounts.currency);
  const isNothing = (amount: Decimal) => Number(amount) === 0;
  return (
    <dl className={styles.totals} aria-live="polite" aria-busy={busy}>
      <div>
        <dt>{t("totals.goods")}</dt>
        <dd>{money(amounts.gross)}</dd>
      </div>
      {!isNothing(amounts.discount) && (
        <div className={styles.discount}>
          <dt>
            {amounts.promotion
              ? t("totals.discount_by", { code: amounts.promotion.code })
              : t("totals.discount")}
          </dt>
          <dd>−{money(amounts.discount)}</dd>
        </div>
      )}
      <div>
        <dt>{t("totals.shipping")}</dt>
        <dd>{isNothing(amounts.shipping) ? t("totals.free") : money(amounts.shipping)}</dd>
      </div>
      <div className={styles.total}>
        <dt>{t("totals.total")}</dt>
        <dd data-testid="order-total">{money(amounts.total)}</dd>
      </div>
      <div className={styles.vat}>
        <dt>{t("totals.vat")}</dt>
        <dd>{money(amounts.vat_included)}</dd>
      </div>
    </dl>
  );
}
