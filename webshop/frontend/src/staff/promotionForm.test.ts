import { describe, expect, it } from "vitest";

import { EMPTY_PROMOTION, newPromotion, promotionSchema } from "./promotionForm";

const FILLED = { ...EMPTY_PROMOTION, code: "noel-5", label: "Noël", value: "5" };

describe("the promotion form", () => {
  it("becomes what the API takes, without what was left open", () => {
    expect(newPromotion(promotionSchema.parse(FILLED))).toEqual({
      code: "NOEL-5",
      label: "Noël",
      kind: "percent",
      value: "5",
      minimum: "0",
      once_per_customer: false,
    });
  });

  it("ends with the end of its last day", () => {
    const form = { ...FILLED, starts_on: "2026-12-01", ends_on: "2026-12-01", max_uses: "10" };
    const { starts_at, ends_at, max_uses } = newPromotion(promotionSchema.parse(form));
    expect(Date.parse(ends_at ?? "") - Date.parse(starts_at ?? "")).toBe(86_399_000);
    expect(max_uses).toBe(10);
  });

  it("asks for a value unless delivery is what is free, and for an end after the start", () => {
    const faults = (form: typeof FILLED) =>
      promotionSchema.safeParse(form).error?.issues.map(({ path, message }) => `${path.join()} ${message}`);
    expect(faults({ ...FILLED, value: "" })).toEqual(["value required"]);
    expect(faults({ ...FILLED, value: "", kind: "free_shipping" })).toBeUndefined();
    expect(faults({ ...FILLED, starts_on: "2026-12-02", ends_on: "2026-12-01" })).toEqual(["ends_on period"]);
  });
});
