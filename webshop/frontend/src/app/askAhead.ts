import { noop } from "@tanstack/react-query";
import { matchPath } from "react-router";

import { filterOf } from "../catalogue/filter";
import { catalogueQuery, productQuery } from "../catalogue/useCatalogue";
import { currentLanguage } from "../i18n";
import { queryClient } from "./queryClient";

/** Asks for what the first page will show before that page is drawn: the answer then comes sooner. */
export function askAhead({ pathname, search }: Location): void {
  const language = currentLanguage();
  const sku = matchPath("/products/:sku", pathname)?.params.sku;
  if (sku) void queryClient.query(productQuery(sku, language)).catch(noop);
  if (pathname === "/") {
    const filter = filterOf(new URLSearchParams(search));
    void queryClient.infiniteQuery(catalogueQuery(filter, language)).catch(noop);
  }
}
