import type { NewProduct, ProductChange, ProductRecord } from "../api/schema";
import { count, optionalText, price, requiredText } from "../forms/rules";
import { z } from "../forms/zod";

const texts = {
  name: requiredText(300),
  name_en: optionalText(300),
  description: optionalText(5000),
  description_en: optionalText(5000),
  category: requiredText(100),
  price,
  reorder_point: count(0),
};

export const productSchema = z.object({ ...texts, active: z.boolean() });
export const newProductSchema = z.object({
  sku: z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/, "required"),
  ...texts,
});

export const EMPTY_PRODUCT: z.input<typeof newProductSchema> = {
  sku: "",
  name: "",
  name_en: "",
  description: "",
  description_en: "",
  category: "",
  price: "",
  reorder_point: "0",
};

export function formOf(product: ProductRecord): z.input<typeof productSchema> {
  const { name, name_en, description, description_en, category, active } = product;
  return {
    name,
    name_en: name_en ?? "",
    description,
    description_en: description_en ?? "",
    category,
    price: Number(product.price).toFixed(2),
    reorder_point: String(product.reorder_point),
    active,
  };
}

/** Only what differs from the product as it was: the audit then says what was changed. */
export function changesOf(
  product: ProductRecord,
  form: z.output<typeof productSchema>,
): ProductChange {
  const before = productSchema.parse(formOf(product));
  const changed = Object.entries(form).filter(
    ([name, value]) => before[name as keyof typeof before] !== value,
  );
  return Object.fromEntries(changed);
}

/** A new product without the texts that were left out. */
export function newProduct(form: z.output<typeof newProductSchema>): NewProduct {
  const filled = Object.entries(form).filter(([, value]) => value !== "");
  return Object.fromEntries(filled) as unknown as NewProduct;
}
