import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ProductFilter } from "../api/products";
import styles from "./CategoryFilter.module.css";
import { addressOf } from "./filter";
import { useCategories } from "./useCatalogue";

/** The categories as links, so that each has its own address. */
export function CategoryFilter({ filter }: { filter: ProductFilter }) {
  const { t } = useTranslation("catalogue");
  const { data } = useCategories();
  const choices = [
    { category: "", label: t("all_categories") },
    ...(data ?? []),
  ];
  return (
    <nav aria-label={t("categories")} className={styles.scroller}>
      <ul className={styles.list}>
        {choices.map(({ category, label }) => (
          <li key={category}>
            <Link
              to={addressOf({ ...filter, category })}
              className={styles.choice}
              aria-current={filter.category === category ? "true" : undefined}
              preventScrollReset
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
