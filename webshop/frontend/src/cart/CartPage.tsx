import { Button, Skeleton } from "@mantine/core";
import { IconShoppingBag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useFormat } from "../format/useFormat";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { ProblemAlert } from "../problems/ProblemAlert";
import { StockNews } from "../stock/StockNews";
import { useLiveStock, withStock } from "../stock/useLiveStock";
import styles from "./CartPage.module.css";
import { CartLine } from "./CartLine";
import { useCart } from "./useCart";

export default function CartPage() {
  const { t } = useTranslation("cart");
  const { money } = useFormat();
  const cart = useCart();
  const stock = useLiveStock(cart.items.map(({ sku }) => sku));

  if (cart.query.isPending) {
    return (
      <Page title={t("title")}>
        <h1 className="page-title">{t("title")}</h1>
        <Skeleton height="16rem" radius="lg" />
      </Page>
    );
  }
  if (cart.query.isError && !cart.cart) {
    return (
      <Page title={t("title")}>
        <ErrorNote error={cart.query.error} onRetry={() => void cart.query.refetch()} />
      </Page>
    );
  }
  if (!cart.cart || cart.items.length === 0) {
    return (
      <Page title={t("title")}>
        <EmptyNote
          asHeading
          icon={<IconShoppingBag size={36} stroke={1.5} />}
          title={t("empty_title")}
          text={t("empty_text")}
          action={
            <Button component={Link} to="/">
              {t("empty_action")}
            </Button>
          }
        />
      </Page>
    );
  }
  const changing = cart.setQuantity.isPending || cart.remove.isPending;
  const items = cart.items.map((item) => withStock(item, stock));
  const orderable = items.every((item) => item.quantity <= item.available);
  return (
    <Page title={t("title")}>
      <h1 className="page-title">{t("title")}</h1>
      <div className={styles.layout}>
        <section className={styles.items} aria-label={t("items")} aria-busy={changing}>
          <ProblemAlert error={cart.setQuantity.error ?? cart.remove.error} />
          <StockNews products={items} />
          <ul className={styles.lines}>
            {items.map((item) => (
              <CartLine
                key={item.sku}
                item={item}
                currency={cart.cart?.currency ?? ""}
                disabled={changing}
                onQuantity={(quantity) => {
                  cart.setQuantity.mutate({ sku: item.sku, quantity });
                }}
                onRemove={() => {
                  cart.remove.mutate(item.sku);
                }}
              />
            ))}
          </ul>
        </section>
        <aside className={styles.summary} aria-labelledby="cart-summary">
          <h2 id="cart-summary" className={styles.summaryTitle}>
            {t("summary")}
          </h2>
          <dl className={styles.totals}>
            <div>
              <dt>{t("delivery")}</dt>
              <dd>{t("delivery_later")}</dd>
            </div>
            <div className={styles.total}>
              <dt>{t("goods")}</dt>
              <dd data-testid="cart-total" aria-live="polite">
                {money(cart.cart.total, cart.cart.currency)}
              </dd>
            </div>
          </dl>
          <p className={styles.vat}>{t("vat_included")}</p>
          {orderable ? (
            <Button component={Link} to="/checkout" size="lg" fullWidth>
              {t("checkout")}
            </Button>
          ) : (
            <Button size="lg" fullWidth disabled>
              {t("checkout")}
            </Button>
          )}
          <Button component={Link} to="/" variant="subtle" fullWidth>
            {t("continue")}
          </Button>
        </aside>
      </div>
    </Page>
  );
}
