import { describe, expect, it } from "vitest";

import { addressOf, filterOf, isNarrowed, priceOf } from "./filter";

const read = (search: string) => filterOf(new URLSearchParams(search));

describe("the catalogue's filter", () => {
  it("survives the way through the address", () => {
    const filter = read("q=mug&category=Cuisine&in_stock=true&min_price=5&max_price=12.50&sort=-price");
    expect(filterOf(new URL(addressOf(filter), "http://shop").searchParams)).toEqual(filter);
    expect(isNarrowed(filter)).toBe(true);
  });

  it("ignores what no filter could mean", () => {
    const filter = read("sort=rating&min_price=-1&max_price=cheap&in_stock=maybe");
    expect(addressOf(filter)).toBe("/");
    expect(isNarrowed(filter)).toBe(false);
  });

  it("takes a price as it is typed in either language", () => {
    expect([" 12,5 ", "12.50", "1e3", "", null].map(priceOf)).toEqual(["12.5", "12.50", "", "", ""]);
  });
});
