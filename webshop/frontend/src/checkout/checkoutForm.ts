import type { Account, Checkout, ShippingRecord } from "../api/schema";
import type { Language } from "../i18n/languages";
import { emailAddress, optionalText, personName, requiredText } from "../forms/rules";
import { z } from "../forms/zod";

/** Where the shop delivers: ISO 3166-1 codes, the shop's own country first. */
export const COUNTRIES = [
  "FR", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE", "IT",
  "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
] as const;

const SHIPPING_METHODS = ["standard", "express", "pickup"] as const satisfies ShippingRecord["code"][];

/** What the form asks for; the limits are the API's, which checks everything again. */
export const checkoutSchema = z
  .object({
    email: emailAddress,
    name: personName,
    phone: z.string().trim().regex(/^(\+?[\d .()-]{5,31})?$/, "phone"),
    line1: requiredText(200),
    line2: optionalText(200),
    postal_code: requiredText(20),
    city: requiredText(100),
    country: z.enum(COUNTRIES),
    shipping_method: z.enum(SHIPPING_METHODS, "required"),
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
  phone: "",
  line1: "",
  line2: "",
  postal_code: "",
  city: "",
  country: "FR",
  shipping_method: "standard",
};

/** The form with what the shop knows of the account already. */
export function formFor(account: Account | null): CheckoutForm {
  return account ? { ...EMPTY_FORM, email: account.email, name: account.name } : EMPTY_FORM;
}

export function checkoutRequest(
  form: ValidCheckout,
  promoCode: string | null,
  language: Language,
): Checkout {
  const { email, name, phone, line1, line2, postal_code, city, country, shipping_method } = form;
  return {
    email,
    name,
    ...(phone ? { phone } : {}),
    address: { line1, line2: line2 || null, postal_code, city },
    country,
    shipping_method,
    ...(promoCode ? { promo_code: promoCode } : {}),
    language,
  };
}
