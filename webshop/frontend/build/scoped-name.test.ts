import { expect, it } from "vitest";

import { scopedName } from "./scoped-name";

it("names a class by its module, and refuses two modules of one name", () => {
  const name = scopedName();
  expect(name("body", "/src/catalogue/ProductTile.module.css?used")).toBe("ProductTile-body");
  expect(name("price", "/src/catalogue/ProductTile.module.css")).toBe("ProductTile-price");
  expect(() => name("body", "/src/staff/ProductTile.module.css")).toThrow("the same name");
});
