import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Cart, Order } from "../api/types";
import { useFormat } from "../format/useFormat";
import { CardFields } from "./CardFields";
import { CheckoutError } from "./CheckoutError";
import styles from "./CheckoutForm.module.css";
import {
  checkoutSchema,
  EMPTY_FORM,
  formOf,
  type CheckoutForm as FormValues,
  type ValidCheckout,
} from "./checkoutForm";
import { ContactFields } from "./ContactFields";
import { PurchaseSummary } from "./PurchaseSummary";
import type { usePurchase } from "./usePurchase";

interface Props extends Pick<ReturnType<typeof usePurchase>, "purchase" | "startOver"> {
  cart: Cart | null;
  /** The order that this cart has become, when its payment is what remains. */
  order: Order | null;
}

export function CheckoutForm({ cart, order, purchase, startOver }: Props) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  const navigate = useNavigate();
  const form = useForm<FormValues, unknown, ValidCheckout>({
    resolver: zodResolver(checkoutSchema),
    defaultValues: order ? formOf(order) : EMPTY_FORM,
    mode: "onTouched",
  });
  const bought = order ?? cart;
  if (!bought) return null;

  return (
    <FormProvider {...form}>
      <form
        className={styles.layout}
        noValidate
        aria-label={t("title")}
        onSubmit={(event) => {
          void form.handleSubmit((values) => {
            purchase.mutate({ cart, form: values });
          })(event);
        }}
      >
        <div className={styles.fields}>
          {/* Once ordered, the address stands: only the payment can still change. */}
          <fieldset className={styles.plain} disabled={order !== null}>
            <ContactFields />
          </fieldset>
          <CardFields />
        </div>
        <aside className={styles.summary} aria-labelledby="checkout-summary">
          <PurchaseSummary bought={bought} />
          {order && (
            <p className={styles.reserved} role="status">
              {t("reserved", { number: order.order_number })}
            </p>
          )}
          <CheckoutError error={purchase.error ?? startOver.error} />
          <Button
            type="submit"
            size="lg"
            fullWidth
            leftSection={<IconLock size={20} stroke={1.75} aria-hidden />}
            loading={form.formState.isSubmitting || purchase.isPending}
          >
            {t("pay", { total: money(bought.total, bought.currency) })}
          </Button>
          {order && (
            <Button
              variant="subtle"
              fullWidth
              loading={startOver.isPending}
              onClick={() => {
                startOver.mutate(order, { onSuccess: () => void navigate("/cart") });
              }}
            >
              {t("start_over")}
            </Button>
          )}
          <p className={styles.secure}>{t("secure")}</p>
        </aside>
      </form>
    </FormProvider>
  );
}
