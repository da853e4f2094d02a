import { type ProductFilter, SORTS } from "../api/products";

/** The filter that a page address holds; what it holds wrongly counts as nothing. */
export function filterOf(params: URLSearchParams): ProductFilter {
  const sort = params.get("sort");
  return {
    q: params.get("q") ?? "",
    category: params.get("category") ?? "",
    in_stock: params.get("in_stock") === "true",
    min_price: priceOf(params.get("min_price")),
    max_price: priceOf(params.get("max_price")),
    sort: SORTS.find((known) => known === sort) ?? "",
  };
}

/** "12.50" from "12,50" or "12.50"; "" from what is no price. */
export function priceOf(text: string | null): string {
  const price = (text ?? "").trim().replace(",", ".");
  return /^\d{1,8}(\.\d{1,2})?$/.test(price) ? price : "";
}

/** The address of the catalogue with this filter. */
export function addressOf(filter: ProductFilter): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value) params.set(name, String(value));
  }
  const search = params.toString();
  return search ? `/?${search}` : "/";
}

/** Whether anything but the search and the category narrows the catalogue. */
export function isNarrowed({ in_stock, min_price, max_price }: ProductFilter): boolean {
  return in_stock || min_price !== "" || max_price !== "";
}
