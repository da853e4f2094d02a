import { Link } from "react-router";

import type { Product } from "../api/schema";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import { ProductPicture } from "./ProductPicture";
import styles from "./ProductTile.module.css";
import { StockBadge } from "./StockBadge";

export function ProductTile({ product, eager = false }: { product: Product; eager?: boolean }) {
  const { money } = useFormat();
  const name = productName(product.name);
  return (
    <article className={styles.tile} data-sold-out={product.stock_state === "sold_out"} data-sku={product.sku}>
      <ProductPicture image={product.image} eager={eager} />
      <div className={styles.body}>
        <p className={styles.category}>{product.category_label}</p>
        <h2 className={styles.name}>
          <Link to={`/products/${encodeURIComponent(product.sku)}`}>{name}</Link>
        </h2>
        <p className={styles.price}>{money(product.price, product.currency)}</p>
        <StockBadge product={product} />
      </div>
    </article>
  );
}
