/** What fields are held to. A message is a key of `common:invalid`, its limit after a colon. */
import { z } from "./zod";

export const requiredText = (longest: number) =>
  z.string().trim().min(1, "required").max(longest, `too_long:${longest}`);

export const optionalText = (longest: number) => z.string().trim().max(longest, `too_long:${longest}`);

/** Looser than the shop's own rule, whose verdict is shown at the field. */
export const emailAddress = requiredText(254).pipe(z.email({ pattern: z.regexes.unicodeEmail, error: "email" }));

const NAME = /^[\p{L}\p{M}\d\s.,'’‘`´·\-‐‑&()/]+$/u;
const LINK = /\.[\p{L}\d]{2}|www\.|\/\//iu;

/** A person's name; mails greet by it, so it is no message. */
export const personName = requiredText(80).refine((name) => NAME.test(name) && !LINK.test(name), "name");

/** The shop's own rule, checked there again. */
export const SHORTEST_PASSWORD = 12;

export const newPassword = z
  .string()
  .min(1, "required")
  .min(SHORTEST_PASSWORD, `too_short:${SHORTEST_PASSWORD}`)
  .max(128, "too_long:128");

/** "12.50" from "12,5", "12.50" or "12": a price as it is typed in either language. */
export const price = z
  .string()
  .trim()
  .min(1, "required")
  .regex(/^\d{1,8}([.,]\d{1,2})?$/, "price")
  .transform((text) => text.replace(",", "."));

/** A whole number of at least `least`, from what is typed. */
export const count = (least: number) =>
  z
    .string()
    .trim()
    .min(1, "required")
    .regex(/^\d{1,6}$/, "count")
    .transform(Number)
    .refine((number) => number >= least, `at_least:${least}`);
