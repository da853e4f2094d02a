import { describe, expect, it } from "vitest";

import { daysOf, lastDays, periodOf } from "./period";

describe("a period", () => {
  it("of the last days ends today", () => {
    expect(lastDays(7, "2026-03-01")).toEqual({ from: "2026-02-23", to: "2026-03-01" });
  });

  it("has each of its days once, over a change of the clocks too", () => {
    const days = daysOf({ from: "2026-03-28", to: "2026-03-30" });
    expect(days).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
  });

  it("comes from the address only when it is possible", () => {
    const read = (search: string) => periodOf(new URLSearchParams(search));
    expect(read("from=2010-12-01&to=2010-12-31")).not.toBeNull();
    expect(read("from=2010-12-31&to=2010-12-01")).toBeNull();
    expect(read("from=hier&to=2010-12-01")).toBeNull();
  });
});
