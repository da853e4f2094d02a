import { afterEach, describe, expect, it, vi } from "vitest";

import { placeToGo } from "./placeToGo";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("where one goes after logging in", () => {
  it("is a page of this shop, whatever the link says", () => {
    vi.stubGlobal("window", { location: { origin: "http://shop.example" } });
    expect(placeToGo("/orders/1?payment=2")).toBe("/orders/1?payment=2");
    for (const foreign of [null, "", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]) {
      expect(placeToGo(foreign), String(foreign)).toBe("/account");
    }
  });
});
