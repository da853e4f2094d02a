import type { ReactNode } from "react";
import { type FieldValues, FormProvider, type UseFormReturn } from "react-hook-form";

import styles from "./Form.module.css";
import { showServerErrors } from "./serverErrors";

/** Options of a mutation that put what the shop refuses of single fields at these fields. */
export interface AtFields {
  onError: (error: Error) => void;
}

interface Props<Input extends FieldValues, Output> {
  form: UseFormReturn<Input, unknown, Output>;
  /** Sends what the fields hold once every rule is kept. */
  onValid: (values: Output, atFields: AtFields) => void;
  /** What the form is, where no heading says it. */
  label?: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A form whose fields find it by its context, and whose rules are ours instead of the browser's. */
export function Form<Input extends FieldValues, Output>({
  form,
  onValid,
  label,
  className = styles.form,
  children,
}: Props<Input, Output>) {
  const atFields: AtFields = { onError: (error) => showServerErrors(form, error) };
  return (
    <FormProvider {...form}>
      <form
        className={className}
        noValidate
        aria-label={label}
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            onValid(values, atFields);
          })(event)
        }
      >
        {children}
      </form>
    </FormProvider>
  );
}
