import { describe, expect, it } from "vitest";

import { checkoutRequest, checkoutSchema, EMPTY_FORM, paymentRequest } from "./checkoutForm";

const FILLED = {
  ...EMPTY_FORM,
  email: " camille@example.org ",
  name: "Camille Durand",
  line1: "12 rue des Lilas",
  postal_code: "75011",
  city: "Paris",
  card_number: "4242 4242 4242 4242",
  card_expiry: "12/99",
  card_cvc: "123",
};

/** Field → key of its message. */
function faults(form: typeof FILLED): Record<string, string> {
  const issues = checkoutSchema.safeParse(form).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

describe("the checkout form", () => {
  it("becomes what the API takes", () => {
    const form = checkoutSchema.parse(FILLED);
    expect(checkoutRequest(form)).toEqual({
      email: "camille@example.org",
      name: "Camille Durand",
      address: { line1: "12 rue des Lilas", line2: null, postal_code: "75011", city: "Paris" },
      country: "FR",
    });
    expect(paymentRequest(form).card_number).toBe("4242424242424242");
  });

  it("asks for a French postal code in France only, whatever else is missing", () => {
    expect(faults({ ...FILLED, postal_code: "SW1A", email: "" })).toEqual({
      postal_code: "postal_code",
      email: "required",
    });
    expect(faults({ ...FILLED, postal_code: "SW1A 1AA", country: "GB" })).toEqual({});
  });

  it("says which card field is wrong", () => {
    const wrong = { card_number: "4242 4242 4242 4241", card_expiry: "01/20", card_cvc: "1" };
    expect(faults({ ...FILLED, ...wrong })).toEqual({
      card_number: "card_checksum",
      card_expiry: "expiry",
      card_cvc: "cvc",
    });
  });
});
