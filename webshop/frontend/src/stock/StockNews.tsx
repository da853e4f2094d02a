import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Product } from "../api/schema";
import { productName } from "../format/productName";

interface Watched {
  sku: string;
  name: string;
  available: number;
  stock_state: Product["stock_state"];
}

/** Reads out what changed while the page stood open: sold out, running low, back in stock. */
export function StockNews({ products }: { products: Watched[] }) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState<Watched[]>(products);
  const [news, setNews] = useState<Watched[]>([]);

  const before = new Map(seen.map(({ sku, stock_state }) => [sku, stock_state]));
  const states = (list: Watched[]) => list.map(({ sku, stock_state }) => `${sku} ${stock_state}`).join();
  if (states(products) !== states(seen)) {
    setSeen(products);
    setNews(
      products.filter(({ sku, stock_state }) => before.has(sku) && before.get(sku) !== stock_state),
    );
  }
  return (
    <p className="visually-hidden" role="status">
      {news
        .map(({ name, available, stock_state }) => {
          const state =
            stock_state === "low" ? t("stock.low", { count: available }) : t(`stock.${stock_state}`);
          return t("stock.news", { name: productName(name), state });
        })
        .join(" ")}
    </p>
  );
}
