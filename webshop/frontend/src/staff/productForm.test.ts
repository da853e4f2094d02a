import { describe, expect, it } from "vitest";

import type { ProductRecord } from "../api/schema";
import { changesOf, EMPTY_PRODUCT, formOf, newProduct, newProductSchema, productSchema } from "./productForm";

const MUG: ProductRecord = {
  sku: "MUG-1",
  name: "Mug",
  name_en: null,
  description: "",
  description_en: null,
  category: "Cuisine",
  price: "12.5000",
  currency: "EUR",
  kind: "product",
  image: "/media/MUG-1.svg",
  active: true,
  not_for_sale: null,
  on_hand: 5,
  reserved: 1,
  available: 4,
  reorder_point: 2,
  version: 3,
  stock_state: "in_stock",
};

describe("the product form", () => {
  it("changes nothing when nothing was changed", () => {
    expect(changesOf(MUG, productSchema.parse(formOf(MUG)))).toEqual({});
  });

  it("sends what was changed, prices with a point, counts as numbers", () => {
    const form = { ...formOf(MUG), price: "13,90", reorder_point: "4", name_en: "Cup", active: false };
    expect(changesOf(MUG, productSchema.parse(form))).toEqual({
      price: "13.90",
      reorder_point: 4,
      name_en: "Cup",
      active: false,
    });
  });

  it("makes a new product without the texts that were left out", () => {
    const form = { ...EMPTY_PRODUCT, sku: "BOL-1", name: "Bol", category: "Cuisine", price: "9" };
    expect(newProduct(newProductSchema.parse(form))).toEqual({
      sku: "BOL-1",
      name: "Bol",
      category: "Cuisine",
      price: "9",
      reorder_point: 0,
    });
  });
});
