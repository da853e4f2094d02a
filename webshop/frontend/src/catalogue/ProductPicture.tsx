import { IconPackage } from "@tabler/icons-react";
import { useState } from "react";

import styles from "./ProductPicture.module.css";

/**
 * The product's picture, or a plain parcel where it does not load.
 * Decorative on purpose: the product's name always stands beside it.
 */
export function ProductPicture({ image, eager = false }: { image: string; eager?: boolean }) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <div className={styles.frame}>
      {broken === image ? (
        <IconPackage size="40%" stroke={1} aria-hidden />
      ) : (
        <img
          src={image}
          alt=""
          width={400}
          height={400}
          loading={eager ? "eager" : "lazy"}
          fetchPriority={eager ? "high" : "auto"}
          decoding="async"
          onError={() => {
            setBroken(image);
          }}
        />
      )}
    </div>
  );
}
