import { TextInput, type TextInputProps } from "@mantine/core";
import { useFormContext } from "react-hook-form";

import type { CheckoutForm } from "./checkoutForm";
import { useFieldError } from "./useFieldError";

interface Props extends Omit<TextInputProps, "name" | "error" | "form"> {
  name: keyof CheckoutForm;
  label: string;
  /** Rewrites what is typed, e.g. into groups of digits. */
  reshape?: (text: string) => string;
}

/** A labelled text field of the form, with its error under it. */
export function FormField({ name, reshape, ...props }: Props) {
  const { register } = useFormContext<CheckoutForm>();
  const error = useFieldError(name);
  const field = register(name, {
    onChange: (event: { target: HTMLInputElement }) => {
      if (reshape) event.target.value = reshape(event.target.value);
    },
  });
  return <TextInput size="md" {...props} {...field} error={error} />;
}
