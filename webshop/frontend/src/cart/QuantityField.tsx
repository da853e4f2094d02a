import { ActionIcon } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import styles from "./QuantityField.module.css";

interface Props {
  label: string;
  value: number;
  maximum: number;
  onChange: (quantity: number) => void;
  showLabel?: boolean;
  disabled?: boolean;
}

/** A whole number from 1 to `maximum`; what is typed counts when the field is left. */
export function QuantityField({ label, value, maximum, onChange, showLabel = false, disabled = false }: Props) {
  const { t } = useTranslation("cart");
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);

  function settle(text: string) {
    setDraft(null);
    const typed = Math.round(Number(text));
    if (!Number.isFinite(typed) || text.trim() === "") return;
    const quantity = Math.min(Math.max(typed, 1), Math.max(maximum, 1));
    if (quantity !== value) onChange(quantity);
  }

  return (
    <div className={styles.field}>
      <label htmlFor={id} className={showLabel ? styles.label : "visually-hidden"}>
        {label}
      </label>
      <div className={styles.box}>
        <ActionIcon
          variant="subtle"
          color="gray.9"
          size="lg"
          aria-label={t("less")}
          aria-controls={id}
          disabled={disabled || value <= 1}
          onClick={() => {
            onChange(value - 1);
          }}
        >
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <input
          id={id}
          className={styles.input}
          inputMode="numeric"
          autoComplete="off"
          disabled={disabled}
          value={draft ?? String(value)}
          onChange={(event) => {
            setDraft(event.currentTarget.value.replace(/\D/g, "").slice(0, 3));
          }}
          onBlur={(event) => {
            settle(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") settle(event.currentTarget.value);
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray.9"
          size="lg"
          aria-label={t("more")}
          aria-controls={id}
          disabled={disabled || value >= maximum}
          onClick={() => {
            onChange(value + 1);
          }}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
