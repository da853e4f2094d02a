import { describe, expect, it } from "vitest";

import { changedFields } from "./changedFields";

describe("the changes of an audit entry", () => {
  it("are the fields that differ, new and gone ones too", () => {
    expect(
      changedFields({ price: "12.00", name: "Mug", note: "x" }, { price: "14.50", name: "Mug", lines: [1] }),
    ).toEqual([
      { field: "price", before: "12.00", after: "14.50" },
      { field: "note", before: "x", after: "–" },
      { field: "lines", before: "–", after: "[1]" },
    ]);
    expect(changedFields(null, { name: "Bol" })).toEqual([{ field: "name", before: "–", after: "Bol" }]);
    expect(changedFields(null, null)).toEqual([]);
  });
});
