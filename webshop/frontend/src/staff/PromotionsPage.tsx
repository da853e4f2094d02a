import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { createPromotion, listPromotions } from "../api/staff";
import type { PromotionDetails } from "../api/schema";
import type { Decimal } from "../format/decimal";
import { useFormat } from "../format/useFormat";
import forms from "../forms/Form.module.css";
import { TextField } from "../forms/TextField";
import { Page } from "../layout/Page";
import { ActionDialog } from "./ActionDialog";
import { PagedTable } from "./DataTable";
import { EMPTY_PROMOTION, KINDS, newPromotion, promotionSchema } from "./promotionForm";
import styles from "./Staff.module.css";

export default function PromotionsPage() {
  const { t } = useTranslation("staff");
  const { date, money, number } = useFormat();
  const [adding, setAdding] = useState(false);

  function worth({ kind, value, currency }: PromotionDetails) {
    if (kind === "free_shipping") return t("promotions.kinds.free_shipping");
    if (kind === "amount") return `−${money(value, currency)}`;
    return t("promotions.worth", { value: number(value, hasCents(value) ? 2 : 0) });
  }
  const period = ({ starts_at, ends_at }: PromotionDetails) =>
    `${starts_at ? date(starts_at) : "…"} – ${ends_at ? date(ends_at) : "…"}`;
  return (
    <Page title={t("places.promotions")}>
      <div className={styles.top}>
        <h1>{t("places.promotions")}</h1>
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => {
            setAdding(true);
          }}
        >
          {t("promotions.new")}
        </Button>
      </div>
      <PagedTable
        queryKey={["staff", "promotions"]}
        load={async (_after, signal) => ({ items: await listPromotions(signal), next: null })}
        caption={t("places.promotions")}
        rowKey={({ code }) => code}
        columns={[
          {
            label: t("promotions.code"),
            cell: ({ code, label }) => (
              <>
                {code}
                <br />
                <span className={styles.soft}>{label}</span>
              </>
            ),
          },
          { label: t("promotions.value"), cell: worth },
          {
            label: t("promotions.minimum"),
            cell: ({ minimum, currency }) =>
              Number(minimum) > 0 ? money(minimum, currency) : t("promotions.no_minimum"),
            align: "end",
          },
          { label: t("promotions.period"), cell: period },
          {
            label: t("promotions.uses"),
            cell: ({ uses, max_uses }) => `${number(uses)} / ${max_uses === null ? "∞" : number(max_uses)}`,
            align: "end",
          },
          {
            label: t("status"),
            cell: ({ active }) => t(active ? "promotions.active" : "promotions.inactive"),
          },
        ]}
      />
      <ActionDialog
        open={adding}
        title={t("promotions.new")}
        side
        schema={promotionSchema}
        defaults={EMPTY_PROMOTION}
        send={(form, key) => createPromotion(newPromotion(form), key)}
        action={t("promotions.create")}
        done={t("promotions.created")}
        onClose={() => {
          setAdding(false);
        }}
      >
        <PromotionFields />
      </ActionDialog>
    </Page>
  );
}

const hasCents = (value: Decimal) => !/^\d+(\.0*)?$/.test(value);

function PromotionFields() {
  const { t } = useTranslation("staff");
  const { register } = useFormContext();
  return (
    <>
      <TextField name="code" label={t("promotions.code")} autoComplete="off" required />
      <TextField name="label" label={t("promotions.label")} autoComplete="off" required />
      <NativeSelect
        size="md"
        label={t("promotions.kind")}
        data={KINDS.map((value) => ({ value, label: t(`promotions.kinds.${value}`) }))}
        {...register("kind")}
      />
      <div className={forms.pair}>
        <TextField name="value" label={t("promotions.value")} inputMode="decimal" autoComplete="off" />
        <TextField name="minimum" label={t("promotions.minimum")} inputMode="decimal" autoComplete="off" />
        <TextField name="starts_on" label={t("promotions.starts_on")} type="date" />
        <TextField name="ends_on" label={t("promotions.ends_on")} type="date" />
      </div>
      <TextField name="max_uses" label={t("promotions.max_uses")} inputMode="numeric" autoComplete="off" />
      <Checkbox label={t("promotions.once")} {...register("once_per_customer")} />
    </>
  );
}
