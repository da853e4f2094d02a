import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { listCategories, type ProductFilter } from "../api/products";
import styles from "./CategoryFilter.module.css";

const CATEGORIES_STALE_MS = 5 * 60_000;

/** The categories as links, so that each has an address of its own. */
export function CategoryFilter({ filter }: { filter: ProductFilter }) {
  const { t } = useTranslation("catalogue");
  const { data } = useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => listCategories(signal),
    staleTime: CATEGORIES_STALE_MS,
  });
  const address = (category: string) => {
    const params = new URLSearchParams();
    if (filter.q) params.set("q", filter.q);
    if (category) params.set("category", category);
    const search = params.toString();
    return search ? `/?${search}` : "/";
  };
  const choices = [
    { category: "", label: t("all_categories") },
    ...(data ?? []).map(({ category }) => ({ category, label: category })),
  ];
  return (
    <nav aria-label={t("categories")} className={styles.scroller}>
      <ul className={styles.list}>
        {choices.map(({ category, label }) => (
          <li key={category}>
            <Link
              to={address(category)}
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
