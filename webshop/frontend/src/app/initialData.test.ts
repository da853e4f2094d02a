import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";

import type { Product } from "../api/schema";
import { filterOf } from "../catalogue/filter";
import { catalogueQuery, categoriesQuery, productQuery } from "../catalogue/useCatalogue";
import { HOME, shippingQuery } from "../checkout/useShippingMethods";
import { seedQueryCache } from "./initialData";

const mug: Product = {
  sku: "CUI-001",
  name: "Mug",
  description: "",
  price: "18.00",
  currency: "EUR",
  available: 7,
  stock_state: "in_stock",
  category: "Cuisine",
  category_label: "Kitchen",
  image: "/media/CUI-001.svg",
  vat_rate: "0.20",
};

describe("the answers that came with the page", () => {
  it("are what a product's page finds, without asking", async () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000 } } });
    seedQueryCache(client, { language: "en", product: mug, shipping: [] }, "", false);
    expect(await client.query(productQuery("CUI-001", "en"))).toEqual(mug);
    expect(await client.query(shippingQuery(HOME))).toEqual([]);
    expect(client.getQueryData(productQuery("CUI-001", "fr").queryKey)).toBeUndefined();
  });

  it("are what the catalogue finds for the search in its address", () => {
    const client = new QueryClient();
    const products = { items: [mug], next: "cursor", total: 30 };
    const categories = [{ category: "Cuisine", label: "Cuisine", products: 30 }];
    const search = "?q=mug&utm_source=mail";
    seedQueryCache(client, { language: "fr", products, categories }, search, false);
    const asked = (address: string) =>
      client.getQueryData(catalogueQuery(filterOf(new URLSearchParams(address)), "fr").queryKey);
    expect(asked("?q=mug")).toEqual({ pages: [products], pageParams: [null] });
    expect(asked("")).toBeUndefined();
    expect(client.getQueryData(categoriesQuery("fr").queryKey)).toEqual(categories);
  });

  it("are asked for again where the page is an old one", () => {
    const { queryKey } = productQuery("CUI-001", "fr");
    for (const isOld of [true, false]) {
      const client = new QueryClient();
      seedQueryCache(client, { language: "fr", product: mug }, "", isOld);
      expect(client.getQueryData(queryKey)).toEqual(mug);
      expect(client.getQueryCache().find({ queryKey })?.isStaleByTime(10_000)).toBe(isOld);
    }
  });
});
