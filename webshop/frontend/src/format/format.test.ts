import { describe, expect, it } from "vitest";

import { sumDecimals } from "./decimal";
import { formatDay, formatMoney } from "./format";
import { productName } from "./productName";

describe("formats", () => {
  it("write money as each language does, to the cent of any amount", () => {
    expect(formatMoney("1234.5000", "EUR", "fr")).toBe("1\u202f234,50\u00a0€");
    expect(formatMoney("1234.50", "EUR", "en")).toBe("€1,234.50");
    expect(formatMoney("9007199254740993.01", "EUR", "en")).toBe("€9,007,199,254,740,993.01");
  });

  it("write a business day without moving it to another time zone", () => {
    expect(formatDay("2010-12-01", "fr", true)).toBe("1 déc. 2010");
  });

  it("sum decimals exactly", () => {
    expect(sumDecimals(["0.1", "0.2", "-1.005", "5"])).toBe("4.2950");
    expect(sumDecimals(["-0.0001"])).toBe("-0.0001");
    expect(sumDecimals([])).toBe("0.0000");
  });

  it("calm an imported name that is all capitals", () => {
    expect(productName("WHITE METAL LANTERN")).toBe("White metal lantern");
    expect(productName("Mug en grès")).toBe("Mug en grès");
  });
});
