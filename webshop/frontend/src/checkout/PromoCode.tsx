import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { QuoteRecord } from "../api/schema";
import styles from "./CheckoutForm.module.css";

/** What a code may look like; the shop would refuse the whole request over anything else. */
const CODE = /^[A-Z0-9_-]{1,32}$/;

interface Props {
  /** The code that the quote was asked with; "" for none. */
  code: string;
  quote: QuoteRecord | undefined;
  onApply: (code: string) => void;
}

/** A code counts once it is applied, and says immediately whether it is worth something. */
export function PromoCode({ code, quote, onApply }: Props) {
  const { t } = useTranslation("checkout");
  const [text, setText] = useState(code);
  const refused = code !== "" && quote?.promotion_refused;
  const applied = code !== "" && quote?.promotion;
  const [malformed, setMalformed] = useState(false);
  const apply = () => {
    const wanted = text.trim().toUpperCase();
    setMalformed(!CODE.test(wanted));
    if (CODE.test(wanted)) onApply(wanted);
  };

  if (applied) {
    return (
      <div className={styles.promotion} role="status">
        <span>
          <strong>{applied.code}</strong> {applied.label}
        </span>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setText("");
            onApply("");
          }}
        >
          {t("promo_remove")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.promo}>
      <TextInput
        label={t("promo")}
        value={text}
        maxLength={32}
        autoComplete="off"
        autoCapitalize="characters"
        error={malformed ? t("promo_refused.unknown") : refused ? t(`promo_refused.${refused}`) : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault(); // Enter here means the code, not the order
          apply();
        }}
      />
      <Button variant="default" disabled={text.trim() === ""} onClick={apply}>
        {t("promo_apply")}
      </Button>
    </div>
  );
}
