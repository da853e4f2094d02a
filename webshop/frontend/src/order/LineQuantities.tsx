import { Alert, NativeSelect } from "@mantine/core";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { LineUnits, OrderRecord } from "../api/schema";
import { productName } from "../format/productName";
import { fieldError } from "../forms/fieldError";
import { z } from "../forms/zod";

/** Units of each of the order's lines, in its order; at least one of all. */
export const unitsOfLines = z
  .array(z.string().transform(Number))
  .refine((quantities) => quantities.some((quantity) => quantity > 0), "nothing_chosen");

/** The lines of which units were chosen, as the API takes them. */
export function chosenLines(order: OrderRecord, quantities: number[]): LineUnits[] {
  return order.lines
    .map(({ line_number }, index) => ({ line_number, quantity: quantities[index] ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}

/** The fields `quantities` of the form around: how many units of each line that can go back. */
export function LineQuantities({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const { t: tCommon } = useTranslation();
  const { register, formState } = useFormContext<{ quantities: string[] }>();
  const refused = formState.errors.quantities;
  return (
    <>
      {order.lines.map((line, index) => (
        <NativeSelect
          key={line.line_number}
          label={t("return.quantity_of", { name: productName(line.name) })}
          disabled={line.returnable === 0}
          data={Array.from({ length: line.returnable + 1 }, (_, quantity) => String(quantity))}
          {...register(`quantities.${index}`)}
        />
      ))}
      {refused && (
        <Alert color="garnet" role="alert">
          {fieldError(tCommon, refused.root?.message ?? refused.message ?? "nothing_chosen")}
        </Alert>
      )}
    </>
  );
}
