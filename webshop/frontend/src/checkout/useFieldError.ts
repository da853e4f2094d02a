import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { CheckoutForm } from "./checkoutForm";

const LONGEST: Partial<Record<keyof CheckoutForm, number>> = {
  email: 254,
  name: 200,
  line1: 200,
  line2: 200,
  postal_code: 20,
  city: 100,
};
const POSTAL_CODE_EXAMPLE = "75011";

const REASONS = [
  "required", "email", "too_long", "postal_code", "card_number", "card_checksum", "expiry", "cvc",
] as const;

/** What is wrong with a field, in the language of the page; undefined when nothing is. */
export function useFieldError(name: keyof CheckoutForm): string | undefined {
  const { t } = useTranslation("checkout");
  const { formState } = useFormContext<CheckoutForm>();
  const message = formState.errors[name]?.message;
  if (message === undefined) return undefined;
  const reason = REASONS.find((known) => known === message) ?? "required";
  return t(`invalid.${reason}`, { maximum: LONGEST[name], example: POSTAL_CODE_EXAMPLE });
}
