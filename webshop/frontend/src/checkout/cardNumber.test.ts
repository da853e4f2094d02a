import { describe, expect, it } from "vitest";

import { groupDigits, groupExpiry, hasValidChecksum, isToCome, TEST_CARDS } from "./cardNumber";

describe("card number", () => {
  it("is grouped by four as it is typed or pasted", () => {
    expect(groupDigits("42424")).toBe("4242 4");
    expect(groupDigits("4242-4242 4242x4242")).toBe("4242 4242 4242 4242");
  });

  it("of a test card is valid, and not once a digit is wrong", () => {
    for (const { number } of TEST_CARDS) expect(hasValidChecksum(number)).toBe(true);
    expect(hasValidChecksum("4242424242424243")).toBe(false);
  });
});

describe("expiry", () => {
  const today = new Date(2026, 10, 22);

  it("is grouped as it is typed", () => {
    expect(groupExpiry("1")).toBe("1");
    expect(groupExpiry("1229")).toBe("12/29");
  });

  it("is good to the end of its month", () => {
    expect(isToCome("11/26", today)).toBe(true);
    expect(isToCome("10/26", today)).toBe(false);
    expect(isToCome("13/27", today)).toBe(false);
  });
});
