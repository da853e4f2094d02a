import { Button, Skeleton } from "@mantine/core";
import { IconShoppingBag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";

import { useCart } from "../cart/useCart";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { CheckoutForm } from "./CheckoutForm";
import { usePurchase } from "./usePurchase";

export default function CheckoutPage() {
  const { t } = useTranslation("checkout");
  const { t: tCart } = useTranslation("cart");
  const { cart: openCart, query } = useCart();
  const { purchase, startOver, pending, unansweredCart } = usePurchase();
  const cart = unansweredCart ?? openCart;

  const paid = purchase.data ?? (pending.data?.status === "paid" ? pending.data : null);
  if (paid) return <Navigate to={`/orders/${paid.order_id}`} replace />;

  const order = pending.data ?? null;
  if (query.isPending || pending.isLoading) {
    return (
      <Page title={t("title")}>
        <h1 className="page-title">{t("title")}</h1>
        <Skeleton height="24rem" radius="lg" />
      </Page>
    );
  }
  if (query.isError && !cart && !order) {
    return (
      <Page title={t("title")}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  if (!order && (!cart || cart.items.length === 0)) {
    return (
      <Page title={t("title")}>
        <EmptyNote
          asHeading
          icon={<IconShoppingBag size={36} stroke={1.5} />}
          title={tCart("empty_title")}
          text={tCart("empty_text")}
          action={
            <Button component={Link} to="/">
              {tCart("empty_action")}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={t("title")}>
      <h1 className="page-title">{t("title")}</h1>
      <CheckoutForm cart={cart} order={order} purchase={purchase} startOver={startOver} />
    </Page>
  );
}
