import { PasswordInput, Textarea, TextInput, type TextInputProps } from "@mantine/core";
import { type FieldValues, type Path, useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { fieldError } from "./fieldError";

interface Props<Values extends FieldValues> extends Omit<TextInputProps, "name" | "error" | "form"> {
  name: Path<Values>;
  label: string;
}

function useField(name: string) {
  const { t } = useTranslation();
  const { register, getFieldState, formState } = useFormContext();
  return { ...register(name), error: fieldError(t, getFieldState(name, formState).error?.message) };
}

/** A labelled text field of the form around it, with its error under it. */
export function TextField<Values extends FieldValues>({ name, ...props }: Props<Values>) {
  return <TextInput size="md" {...props} {...useField(name)} />;
}

export function PasswordField<Values extends FieldValues>({
  name,
  label,
  description,
  autoComplete,
}: Pick<Props<Values>, "name" | "label" | "description" | "autoComplete">) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      size="md"
      required
      label={label}
      description={description}
      autoComplete={autoComplete}
      visibilityToggleButtonProps={{ "aria-label": t("show_password"), tabIndex: 0 }}
      {...useField(name)}
    />
  );
}

export function TextAreaField<Values extends FieldValues>({
  name,
  label,
  description,
  required = false,
}: Pick<Props<Values>, "name" | "label" | "description" | "required">) {
  return (
    <Textarea size="md" rows={3} label={label} description={description} required={required} {...useField(name)} />
  );
}
