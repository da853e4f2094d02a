import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { type ProductFilter, SORTS } from "../api/products";
import { addressOf, priceOf } from "./filter";
import styles from "./RefineBar.module.css";

/** Price, stock and order of what the catalogue shows. */
export function RefineBar({ filter }: { filter: ProductFilter }) {
  const { t } = useTranslation("catalogue");
  const navigate = useNavigate();
  const refine = (change: Partial<ProductFilter>) => {
    void navigate(addressOf({ ...filter, ...change }), { preventScrollReset: true });
  };
  const sorts = SORTS.filter((sort) => filter.q || sort !== "relevance");
  return (
    <div className={styles.bar} role="group" aria-label={t("refine.label")}>
      <PriceField
        key={`min ${filter.min_price}`}
        label={t("refine.min_price")}
        value={filter.min_price}
        onSettle={(min_price) => {
          refine({ min_price });
        }}
      />
      <PriceField
        key={`max ${filter.max_price}`}
        label={t("refine.max_price")}
        value={filter.max_price}
        onSettle={(max_price) => {
          refine({ max_price });
        }}
      />
      <Checkbox
        className={styles.stock}
        label={t("refine.in_stock")}
        checked={filter.in_stock}
        onChange={(event) => {
          refine({ in_stock: event.currentTarget.checked });
        }}
      />
      <NativeSelect
        className={styles.sort}
        label={t("refine.sort")}
        value={filter.sort || (filter.q ? "relevance" : "featured")}
        data={sorts.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
        onChange={(event) => {
          const sort = SORTS.find((known) => known === event.currentTarget.value) ?? "";
          refine({ sort });
        }}
      />
    </div>
  );
}

interface PriceProps {
  label: string;
  value: string;
  onSettle: (price: string) => void;
}

/** What is typed counts when the field is left or Enter is pressed. */
function PriceField({ label, value, onSettle }: PriceProps) {
  const [text, setText] = useState(value);
  const settle = () => {
    const price = priceOf(text);
    setText(price);
    if (price !== value) onSettle(price);
  };
  return (
    <TextInput
      className={styles.price}
      label={label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={11}
      rightSection={<span aria-hidden>€</span>}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
      }}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle();
      }}
    />
  );
}
