import { NativeSelect } from "@mantine/core";
import { useMemo } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { useFormat } from "../format/useFormat";
import { TextField } from "../forms/TextField";
import { COUNTRIES, type CheckoutForm } from "./checkoutForm";
import styles from "./CheckoutForm.module.css";

export function ContactFields() {
  const { t } = useTranslation("checkout");
  return (
    <>
      <section className={styles.section} aria-labelledby="checkout-contact">
        <h2 id="checkout-contact">{t("contact")}</h2>
        <TextField
          name="email"
          type="email"
          autoComplete="email"
          label={t("email")}
          description={t("email_hint")}
          required
        />
        <TextField name="name" autoComplete="name" label={t("name")} required />
        <TextField
          name="phone"
          type="tel"
          autoComplete="tel"
          label={t("phone")}
          description={t("phone_hint")}
        />
      </section>
      <section className={styles.section} aria-labelledby="checkout-delivery">
        <h2 id="checkout-delivery">{t("delivery")}</h2>
        <TextField name="line1" autoComplete="address-line1" label={t("line1")} required />
        <TextField name="line2" autoComplete="address-line2" label={t("line2")} />
        <div className={styles.pair}>
          <TextField name="postal_code" autoComplete="postal-code" label={t("postal_code")} required />
          <TextField name="city" autoComplete="address-level2" label={t("city")} required />
        </div>
        <CountryField />
      </section>
    </>
  );
}

function CountryField() {
  const { t } = useTranslation("checkout");
  const { language } = useFormat();
  const { register } = useFormContext<CheckoutForm>();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: "region" });
    const [home, ...others] = COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value }));
    others.sort((one, other) => one.label.localeCompare(other.label, language));
    return home ? [home, ...others] : others;
  }, [language]);
  return (
    <NativeSelect
      size="md"
      label={t("country")}
      autoComplete="country"
      data={countries}
      {...register("country", { deps: "postal_code" })}
    />
  );
}
