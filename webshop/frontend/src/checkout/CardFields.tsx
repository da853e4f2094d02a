import { Button } from "@mantine/core";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { groupDigits, groupExpiry, TEST_CARDS } from "./cardNumber";
import type { CheckoutForm } from "./checkoutForm";
import styles from "./CheckoutForm.module.css";
import { FormField } from "./FormField";

const digits = (longest: number) => (text: string) => text.replace(/\D/g, "").slice(0, longest);

export function CardFields() {
  const { t } = useTranslation("checkout");
  return (
    <section className={styles.section} aria-labelledby="checkout-payment">
      <h2 id="checkout-payment">{t("payment")}</h2>
      <TestCards />
      <FormField
        name="card_number"
        inputMode="numeric"
        autoComplete="cc-number"
        label={t("card_number")}
        placeholder="0000 0000 0000 0000"
        reshape={groupDigits}
        required
      />
      <div className={styles.pair}>
        <FormField
          name="card_expiry"
          inputMode="numeric"
          autoComplete="cc-exp"
          label={t("expiry")}
          placeholder={t("expiry_placeholder")}
          reshape={groupExpiry}
          required
        />
        <FormField
          name="card_cvc"
          inputMode="numeric"
          autoComplete="cc-csc"
          label={t("cvc")}
          placeholder="123"
          reshape={digits(4)}
          required
        />
      </div>
    </section>
  );
}

/** The sandbox's cards, one click away: nobody should type a real card number here. */
function TestCards() {
  const { t } = useTranslation("checkout");
  const { setValue } = useFormContext<CheckoutForm>();
  const inTwoYears = `12/${String(new Date().getFullYear() + 2).slice(2)}`;
  return (
    <div className={styles.sandbox}>
      <p className={styles.sandboxTitle}>{t("sandbox_title")}</p>
      <ul>
        {TEST_CARDS.map(({ number, outcome }) => (
          <li key={number}>
            <Button
              variant="white"
              color="gray.9"
              size="compact-md"
              aria-label={t("use_card", { number: groupDigits(number) })}
              onClick={() => {
                const settled = { shouldValidate: true, shouldTouch: true };
                setValue("card_number", groupDigits(number), settled);
                setValue("card_expiry", inTwoYears, settled);
                setValue("card_cvc", "123", settled);
              }}
            >
              {groupDigits(number)}
            </Button>
            <span>{t(`sandbox_${outcome}`)}</span>
          </li>
        ))}
      </ul>
      <p>{t("sandbox_any")}</p>
    </div>
  );
}
