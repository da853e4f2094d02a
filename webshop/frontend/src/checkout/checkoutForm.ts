import { z } from "zod";

import type { CheckoutRequest, Order, PaymentRequest } from "../api/types";
import { hasValidChecksum, isToCome } from "./cardNumber";

/** Where the shop delivers: ISO 3166-1 codes, the shop's own country first. */
export const COUNTRIES = [
  "FR", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU",
  "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
] as const;

/**
 * What the form asks for. Messages are keys of `checkout.invalid`; the limits are the API's, which
 * checks everything again.
 */
export const checkoutSchema = z
  .object({
    email: z.string().trim().min(1, "required").max(254, "too_long").pipe(z.email("email")),
    name: z.string().trim().min(1, "required").max(200, "too_long"),
    line1: z.string().trim().min(1, "required").max(200, "too_long"),
    line2: z.string().trim().max(200, "too_long"),
    postal_code: z.string().trim().min(1, "required").max(20, "too_long"),
    city: z.string().trim().min(1, "required").max(100, "too_long"),
    country: z.enum(COUNTRIES),
    card_number: z
      .string()
      .min(1, "required")
      .transform((text) => text.replace(/\D/g, ""))
      .refine((digits) => digits.length >= 12 && digits.length <= 19, "card_number")
      .refine(hasValidChecksum, "card_checksum"),
    card_expiry: z.string().min(1, "required").refine((text) => isToCome(text), "expiry"),
    card_cvc: z.string().min(1, "required").regex(/^\d{3,4}$/, "cvc"),
  })
  .refine((form) => form.country !== "FR" || /^\d{5}$/.test(form.postal_code), {
    path: ["postal_code"],
    message: "postal_code",
    // The rule needs these two fields only: another field's error must not hide this one.
    when: ({ value }) => hasPostalCode(value),
  });

function hasPostalCode(value: unknown): boolean {
  return z.object({ country: z.string(), postal_code: z.string().min(1) }).safeParse(value).success;
}

export type CheckoutForm = z.input<typeof checkoutSchema>;
export type ValidCheckout = z.output<typeof checkoutSchema>;

export const EMPTY_FORM: CheckoutForm = {
  email: "",
  name: "",
  line1: "",
  line2: "",
  postal_code: "",
  city: "",
  country: "FR",
  card_number: "",
  card_expiry: "",
  card_cvc: "",
};

/** The form as it was filled in for an order that still waits for its payment. */
export function formOf({ recipient }: Order): CheckoutForm {
  const { line1, line2, postal_code, city } = recipient.address;
  const country = COUNTRIES.find((code) => code === recipient.country) ?? "FR";
  const { email, name } = recipient;
  return { ...EMPTY_FORM, email, name, line1, line2: line2 ?? "", postal_code, city, country };
}

export function checkoutRequest(form: ValidCheckout): CheckoutRequest {
  const { email, name, line1, line2, postal_code, city, country } = form;
  return { email, name, address: { line1, line2: line2 || null, postal_code, city }, country };
}

export function paymentRequest({ card_number, card_expiry, card_cvc }: ValidCheckout): PaymentRequest {
  return { card_number, card_expiry, card_cvc };
}
