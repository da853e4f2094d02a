import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { OrderRecord } from "../api/schema";
import { PriceTotals } from "../checkout/PriceTotals";
import { AreaBoundary } from "../layout/AreaBoundary";
import { Page } from "../layout/Page";
import { useSession } from "../session/useSession";
import { CancelDialog } from "./CancelDialog";
import { rememberPendingOrder } from "./orderAccess";
import { OrderFacts } from "./OrderFacts";
import { OrderHero } from "./OrderHero";
import { OrderHistory } from "./OrderHistory";
import { OrderLines } from "./OrderLines";
import styles from "./OrderPage.module.css";
import { OrderRefunds } from "./OrderRefunds";
import { ReturnDialog } from "./ReturnDialog";

export function OrderDetails({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const { account } = useSession();
  const [asking, setAsking] = useState<"cancel" | "return" | null>(null);
  const payable = order.can.pay;
  useEffect(() => {
    if (!payable) rememberPendingOrder(null);
  }, [payable]);
  const close = () => {
    setAsking(null);
  };
  return (
    <Page title={t("title", { number: order.order_number })}>
      <OrderHero order={order} />
      <div className={styles.layout}>
        <div className={styles.main}>
          <OrderLines order={order} />
          <section className={styles.card} aria-label={t("amounts")}>
            <PriceTotals amounts={order} />
          </section>
          <AreaBoundary>
            <OrderRefunds order={order} />
          </AreaBoundary>
        </div>
        <aside className={styles.side}>
          <OrderFacts order={order} />
          <AreaBoundary>
            <OrderHistory order={order} />
          </AreaBoundary>
          <div className={styles.actions}>
            {order.can.return && (
              <Button
                variant="default"
                onClick={() => {
                  setAsking("return");
                }}
              >
                {t("return.open")}
              </Button>
            )}
            {order.can.cancel && (
              <Button
                variant="default"
                color="garnet"
                onClick={() => {
                  setAsking("cancel");
                }}
              >
                {t("cancel.open")}
              </Button>
            )}
            {account && (
              <Button component={Link} to="/account" variant="subtle">
                {t("all_orders")}
              </Button>
            )}
            <Button component={Link} to="/" variant="subtle">
              {t("continue")}
            </Button>
          </div>
        </aside>
      </div>
      <CancelDialog order={order} open={asking === "cancel"} onClose={close} />
      <ReturnDialog order={order} open={asking === "return"} onClose={close} />
    </Page>
  );
}
