import { Button, Checkbox, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { cancelOrder, getOrder, refundOrder, shipOrder } from "../api/staff";
import type { OrderRecord } from "../api/schema";
import { PriceTotals } from "../checkout/PriceTotals";
import { requiredText } from "../forms/rules";
import { TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { ErrorNote } from "../layout/AreaBoundary";
import { Page } from "../layout/Page";
import { chosenLines, LineQuantities, unitsOfLines } from "../order/LineQuantities";
import { OrderFacts } from "../order/OrderFacts";
import { OrderLines } from "../order/OrderLines";
import orderStyles from "../order/OrderPage.module.css";
import { OrderRefunds } from "../order/OrderRefunds";
import { ActionDialog } from "./ActionDialog";
import { OrderTrail } from "./OrderTrail";
import styles from "./Staff.module.css";

export default function StaffOrderPage() {
  const { t } = useTranslation("order");
  const { orderId = "" } = useParams();
  const order = useQuery({
    queryKey: ["staff", "order", orderId],
    queryFn: ({ signal }) => getOrder(orderId, signal),
  });
  if (order.data) return <Details order={order.data} />;
  return (
    <Page title={t("number")}>
      {order.isError ? (
        <ErrorNote error={order.error} onRetry={() => void order.refetch()} />
      ) : (
        <Skeleton height="24rem" radius="lg" />
      )}
    </Page>
  );
}

type Asking = "ship" | "cancel" | "refund";

function Details({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("staff");
  const { t: tOrder } = useTranslation("order");
  const [asking, setAsking] = useState<Asking | null>(null);
  const { status } = order;
  const possible: Asking[] = [
    ...(status === "paid" ? (["ship"] as const) : []),
    ...((status === "paid" || status === "shipped") && order.lines.some((line) => line.returnable > 0)
      ? (["refund"] as const)
      : []),
    ...(order.can.cancel ? (["cancel"] as const) : []),
  ];
  const title = tOrder("title", { number: order.order_number });
  return (
    <Page title={title}>
      <Link to="/staff/orders" className={styles.back}>
        {t("orders.back")}
      </Link>
      <div className={styles.top}>
        <div>
          <h1>{title}</h1>
          <span className={styles.soft}>
            {[order.recipient.email, order.recipient.phone].filter(Boolean).join(" · ")}
          </span>
        </div>
        <div className={styles.buttons}>
          {possible.map((action) => (
            <Button
              key={action}
              variant={action === "ship" ? "filled" : "default"}
              onClick={() => {
                setAsking(action);
              }}
            >
              {t(`orders.${action}`)}
            </Button>
          ))}
        </div>
      </div>
      <div className={styles.layout}>
        <div>
          <OrderLines order={order} />
          <section className={orderStyles.card} aria-label={tOrder("amounts")}>
            <PriceTotals amounts={order} />
          </section>
          <OrderRefunds order={order} />
        </div>
        <div>
          <OrderFacts order={order} />
          <OrderTrail order={order} />
        </div>
      </div>
      <Actions
        order={order}
        asking={asking}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Page>
  );
}

const shipment = z.object({ tracking: z.string().trim().regex(/^[A-Za-z0-9 ._/-]{0,100}$/, "refused") });
const cancellation = z.object({ reason: requiredText(200) });
const refund = z.object({ quantities: unitsOfLines, reason: requiredText(200), restock: z.boolean() });

interface ActionsProps {
  order: OrderRecord;
  asking: Asking | null;
  onClose: () => void;
}

function Actions({ order, asking, onClose }: ActionsProps) {
  const { t } = useTranslation("staff");
  const { order_id: id } = order;
  return (
    <>
      <ActionDialog
        open={asking === "ship"}
        title={t("orders.ship")}
        schema={shipment}
        defaults={{ tracking: "" }}
        send={({ tracking }, key) => shipOrder(id, tracking ? { tracking } : {}, key)}
        action={t("orders.ship")}
        done={t("orders.shipped")}
        onClose={onClose}
      >
        <TextField name="tracking" label={t("orders.tracking")} />
      </ActionDialog>
      <ActionDialog
        open={asking === "cancel"}
        title={t("orders.cancel")}
        schema={cancellation}
        defaults={{ reason: "" }}
        send={(body, key) => cancelOrder(id, body, key)}
        action={t("orders.cancel")}
        done={t("orders.cancelled")}
        danger
        onClose={onClose}
      >
        <TextField name="reason" label={t("reason")} required />
      </ActionDialog>
      <ActionDialog
        open={asking === "refund"}
        title={t("orders.refund")}
        schema={refund}
        defaults={{ quantities: order.lines.map(() => "0"), reason: "", restock: true }}
        send={({ quantities, ...body }, key) =>
          refundOrder(id, { lines: chosenLines(order, quantities), ...body }, key)
        }
        action={t("orders.refund")}
        done={t("orders.refunded")}
        onClose={onClose}
        side
      >
        <LineQuantities order={order} />
        <TextField name="reason" label={t("reason")} required />
        <RestockField />
      </ActionDialog>
    </>
  );
}

function RestockField() {
  const { t } = useTranslation("staff");
  const { register } = useFormContext();
  return <Checkbox label={t("put_back")} {...register("restock")} />;
}
