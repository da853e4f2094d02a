import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Skeleton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { Account, Cart } from "../api/schema";
import { productName } from "../format/productName";
import { useFormat } from "../format/useFormat";
import { type AtFields, Form } from "../forms/Form";
import { ErrorNote } from "../layout/AreaBoundary";
import styles from "./CheckoutForm.module.css";
import {
  checkoutRequest,
  checkoutSchema,
  formFor,
  type CheckoutForm as FormValues,
  type ValidCheckout,
} from "./checkoutForm";
import { ContactFields } from "./ContactFields";
import { PriceTotals } from "./PriceTotals";
import { PromoCode } from "./PromoCode";
import { PurchaseProblem } from "./PurchaseProblem";
import { ShippingChoice } from "./ShippingChoice";
import type { usePurchase } from "./usePurchase";
import { useQuote } from "./useQuote";

interface Props {
  cart: Cart;
  account: Account | null;
  purchase: ReturnType<typeof usePurchase>;
}

export function CheckoutForm({ cart, account, purchase }: Props) {
  const { t } = useTranslation("checkout");
  const { language, money } = useFormat();
  const form = useForm<FormValues, unknown, ValidCheckout>({
    resolver: zodResolver(checkoutSchema),
    defaultValues: formFor(account),
    mode: "onTouched",
  });
  const [country, shipping_method] = useWatch({
    control: form.control,
    name: ["country", "shipping_method"],
  });
  const [promoCode, setPromoCode] = useState("");
  // An order's cart has no price any more: what was quoted for it stays on the screen.
  const underWay = purchase.isPending || purchase.isSuccess;
  const quote = useQuote(cart, { country, shipping_method, promo_code: promoCode }, !underWay);

  function order(values: ValidCheckout, atFields: AtFields) {
    const body = checkoutRequest(values, quote.data?.promotion?.code ?? null, language);
    purchase.mutate({ cart, body }, atFields);
  }

  return (
    <Form form={form} onValid={order} label={t("title")} className={styles.layout}>
      <div className={styles.fields}>
        <ContactFields />
        <ShippingChoice
          goods={quote.data ? Number(quote.data.gross) - Number(quote.data.discount) : Number(cart.total)}
          currency={cart.currency} />
      </div>
      <aside className={styles.summary} aria-labelledby="checkout-summary">
        <h2 id="checkout-summary">{t("your_order")}</h2>
        <ul className={styles.summaryLines}>
          {cart.items.map(({ sku, name, quantity, amount }) => (
            <li key={sku}>
              <span>
                {quantity} × {productName(name)}
              </span>
              <span className={styles.amount}>{money(amount, cart.currency)}</span>
            </li>
          ))}
        </ul>
        <PromoCode code={promoCode} quote={quote.data} onApply={setPromoCode} />
        {quote.data && <PriceTotals amounts={quote.data} busy={quote.isFetching} />}
        {quote.isPending && <Skeleton height="9rem" radius="md" />}
        {quote.isError && !quote.data && (
          <ErrorNote error={quote.error} onRetry={() => void quote.refetch()} />
        )}
        <PurchaseProblem error={purchase.error} />
        <Button
          type="submit"
          size="lg"
          fullWidth
          disabled={!quote.data}
          leftSection={<IconLock size={20} stroke={1.75} aria-hidden />}
          loading={underWay}
        >
          {quote.data ? t("pay", { total: money(quote.data.total, cart.currency) }) : t("pay_plain")}
        </Button>
        <p className={styles.secure}>{t("secure")}</p>
      </aside>
    </Form>
  );
}
