import { Skeleton } from "@mantine/core";
import { useEffect } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { ShippingRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { ErrorNote } from "../layout/AreaBoundary";
import type { CheckoutForm } from "./checkoutForm";
import styles from "./ShippingChoice.module.css";
import { useShippingMethods } from "./useShippingMethods";

/** The ways to deliver to the chosen country, with what each costs for goods of this sum after discount. */
export function ShippingChoice({ goods, currency }: { goods: number; currency: string }) {
  const { t } = useTranslation("checkout");
  const { setValue, getValues } = useFormContext<CheckoutForm>();
  const country = useWatch<CheckoutForm, "country">({ name: "country" });
  const methods = useShippingMethods(country);

  useEffect(() => {
    if (!methods.data || methods.isPlaceholderData) return;
    const offered = methods.data.map(({ code }) => code);
    if (offered[0] && !offered.includes(getValues("shipping_method"))) {
      setValue("shipping_method", offered[0]);
    }
  }, [methods.data, methods.isPlaceholderData, getValues, setValue]);

  function content() {
    if (methods.isPending) return <Skeleton height="9rem" radius="md" />;
    if (!methods.data) {
      return <ErrorNote error={methods.error} onRetry={() => void methods.refetch()} />;
    }
    return methods.data.map((method) => (
      <Choice key={method.code} method={method} goods={goods} currency={currency} />
    ));
  }

  return (
    <fieldset className={styles.choices} aria-busy={methods.isPlaceholderData}>
      <legend>{t("shipping")}</legend>
      {content()}
    </fieldset>
  );
}

interface ChoiceProps {
  method: ShippingRecord;
  goods: number;
  currency: string;
}

function Choice({ method, goods, currency }: ChoiceProps) {
  const { t } = useTranslation("checkout");
  const { t: tCommon } = useTranslation();
  const { language, money } = useFormat();
  const { register } = useFormContext<CheckoutForm>();
  // Only for showing: what is charged is the quote's.
  const free =
    Number(method.price) === 0 ||
    (method.free_from !== null && goods >= Number(method.free_from));
  const days =
    method.days_min === method.days_max
      ? t("days", { count: method.days_max })
      : t("days_range", { from: method.days_min, to: method.days_max });
  return (
    <label className={styles.choice}>
      <input type="radio" value={method.code} {...register("shipping_method")} />
      <span className={styles.what}>
        <span className={styles.label}>{language === "fr" ? method.label_fr : method.label_en}</span>
        <span className={styles.detail}>
          {days}
          {!free && method.free_from !== null && (
            <> · {t("free_from", { amount: money(method.free_from, currency) })}</>
          )}
        </span>
      </span>
      <span className={styles.price}>{free ? tCommon("totals.free") : money(method.price, currency)}</span>
    </label>
  );
}
