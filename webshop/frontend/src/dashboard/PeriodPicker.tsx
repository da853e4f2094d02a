import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import styles from "./DashboardPage.module.css";
import { lastDays, type Period } from "./period";

const CHOICES = [7, 30, 90];

interface Props {
  period: Period;
  onChange: (period: Period) => void;
}

export function PeriodPicker({ period, onChange }: Props) {
  const { t } = useTranslation("dashboard");
  return (
    <div role="group" aria-label={t("period")} className={styles.picker}>
      <div className={styles.choices}>
        {CHOICES.map((count) => {
          const choice = lastDays(count);
          const chosen = choice.from === period.from && choice.to === period.to;
          return (
            <Button
              key={count}
              size="sm"
              variant={chosen ? "filled" : "default"}
              aria-pressed={chosen}
              onClick={() => {
                onChange(choice);
              }}
            >
              {t("last_days", { count })}
            </Button>
          );
        })}
      </div>
      <TextInput
        type="date"
        size="sm"
        label={t("from")}
        className={styles.date}
        value={period.from}
        max={period.to}
        onChange={({ currentTarget: { value } }) => {
          if (value && value <= period.to) onChange({ ...period, from: value });
        }}
      />
      <TextInput
        type="date"
        size="sm"
        label={t("to")}
        className={styles.date}
        value={period.to}
        min={period.from}
        onChange={({ currentTarget: { value } }) => {
          if (value && value >= period.from) onChange({ ...period, to: value });
        }}
      />
    </div>
  );
}
