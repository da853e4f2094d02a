import type { NewPromotion } from "../api/schema";
import { price, requiredText } from "../forms/rules";
import { z } from "../forms/zod";

export const KINDS = ["percent", "amount", "free_shipping"] as const;

/** "" or a price. */
const amount = z.union([z.literal(""), price]);

export const promotionSchema = z
  .object({
    code: z.string().trim().toUpperCase().regex(/^[A-Z0-9_-]{1,32}$/, "required"),
    label: requiredText(100),
    kind: z.enum(KINDS),
    value: amount,
    minimum: amount,
    starts_on: z.string(),
    ends_on: z.string(),
    max_uses: z.union([z.literal(""), z.string().trim().regex(/^[1-9]\d{0,5}$/, "count")]),
    once_per_customer: z.boolean(),
  })
  .refine(({ kind, value }) => kind === "free_shipping" || Number(value) > 0, {
    path: ["value"],
    message: "required",
  })
  .refine(({ starts_on, ends_on }) => !starts_on || !ends_on || starts_on <= ends_on, {
    path: ["ends_on"],
    message: "period",
  });

export const EMPTY_PROMOTION: z.input<typeof promotionSchema> = {
  code: "",
  label: "",
  kind: "percent",
  value: "",
  minimum: "",
  starts_on: "",
  ends_on: "",
  max_uses: "",
  once_per_customer: false,
};

/** The promotion as the API takes it: from the first day's start to the last day's end, here. */
export function newPromotion(form: z.output<typeof promotionSchema>): NewPromotion {
  const { code, label, kind, value, minimum, starts_on, ends_on, max_uses, once_per_customer } = form;
  return {
    code,
    label,
    kind,
    value: kind === "free_shipping" ? "0" : value,
    minimum: minimum || "0",
    ...(starts_on ? { starts_at: new Date(`${starts_on}T00:00:00`).toISOString() } : {}),
    ...(ends_on ? { ends_at: new Date(`${ends_on}T23:59:59`).toISOString() } : {}),
    ...(max_uses ? { max_uses: Number(max_uses) } : {}),
    once_per_customer,
  };
}
