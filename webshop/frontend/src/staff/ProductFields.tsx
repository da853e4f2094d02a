import { Checkbox } from "@mantine/core";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import forms from "../forms/Form.module.css";
import { TextAreaField, TextField } from "../forms/TextField";

/** What a product says and costs; a new one also gets its sku, an old one can be taken off sale. */
export function ProductFields({ fresh }: { fresh: boolean }) {
  const { t } = useTranslation("staff");
  const { register } = useFormContext();
  return (
    <>
      {fresh && <TextField name="sku" label={t("products.sku")} autoComplete="off" required />}
      <TextField name="name" label={t("products.name")} autoComplete="off" required />
      <TextField name="name_en" label={t("products.name_en")} autoComplete="off" />
      <TextAreaField name="description" label={t("products.description")} />
      <TextAreaField name="description_en" label={t("products.description_en")} />
      <TextField name="category" label={t("products.category")} autoComplete="off" required />
      <div className={forms.pair}>
        <TextField name="price" label={t("products.price")} inputMode="decimal" autoComplete="off" required />
        <TextField
          name="reorder_point"
          label={t("products.reorder_point")}
          inputMode="numeric"
          autoComplete="off"
          required
        />
      </div>
      {!fresh && <Checkbox label={t("products.active")} {...register("active")} />}
    </>
  );
}
