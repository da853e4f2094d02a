import "../i18n/areas/checkout";

import { Button, Skeleton } from "@mantine/core";
import { IconShoppingBag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";

import { isRefusal } from "../api/http";
import { useCart } from "../cart/useCart";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { pendingOrderId } from "../order/orderAccess";
import { useSession } from "../session/useSession";
import { CheckoutForm } from "./CheckoutForm";
import { usePurchase } from "./usePurchase";

export default function CheckoutPage() {
  const { t } = useTranslation("checkout");
  const { t: tCart } = useTranslation("cart");
  const { cart: openCart, query } = useCart();
  const session = useSession();
  const purchase = usePurchase();
  // While the shop's answer to "order this" is unknown, the cart may or may not have become an
  // order: what was sent stays on the screen, so that the same request can be sent again.
  const settled = purchase.isIdle || isRefusal(purchase.error);
  const cart = settled ? openCart : purchase.variables.cart;
  const pendingOrder = pendingOrderId();

  if (session.isPending || (query.isPending && !cart)) {
    return (
      <Page title={t("title")}>
        <h1 className="page-title">{t("title")}</h1>
        <Skeleton height="24rem" radius="lg" />
      </Page>
    );
  }
  if (query.isError && !cart) {
    return (
      <Page title={t("title")}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  if (!cart || cart.items.length === 0) {
    if (pendingOrder) return <Navigate to={`/orders/${pendingOrder}`} replace />;
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
      <CheckoutForm cart={cart} account={session.account} purchase={purchase} />
    </Page>
  );
}
