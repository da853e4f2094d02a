import { describe, expect, it } from "vitest";

import { checkoutRequest, checkoutSchema, EMPTY_FORM } from "./checkoutForm";

const FILLED = {
  ...EMPTY_FORM,
  email: " camille@example.org ",
  name: "Camille Durand",
  line1: "12 rue des Lilas",
  postal_code: "75011",
  city: "Paris",
};

/** Field → its message. */
function faults(form: typeof FILLED): Record<string, string> {
  const issues = checkoutSchema.safeParse(form).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

describe("the checkout form", () => {
  it("becomes what the API takes, without what was left out", () => {
    const form = checkoutSchema.parse(FILLED);
    expect(checkoutRequest(form, null, "fr")).toEqual({
      email: "camille@example.org",
      name: "Camille Durand",
      address: { line1: "12 rue des Lilas", line2: null, postal_code: "75011", city: "Paris" },
      country: "FR",
      shipping_method: "standard",
      language: "fr",
    });
    const full = checkoutSchema.parse({ ...FILLED, phone: "+33 6 12 34 56 78" });
    expect(checkoutRequest(full, "BIENVENUE10", "en")).toMatchObject({
      phone: "+33 6 12 34 56 78",
      promo_code: "BIENVENUE10",
    });
  });

  it("asks for a French postal code in France only, whatever else is missing", () => {
    expect(faults({ ...FILLED, postal_code: "SW1A", email: "" })).toEqual({
      postal_code: "postal_code",
      email: "required",
    });
    expect(faults({ ...FILLED, postal_code: "1010 AB", country: "NL" })).toEqual({});
  });

  it("says what is too long, and by how much, and what is no telephone number", () => {
    expect(faults({ ...FILLED, city: "a".repeat(101), phone: "call me" })).toEqual({
      city: "too_long:100",
      phone: "phone",
    });
  });
});
