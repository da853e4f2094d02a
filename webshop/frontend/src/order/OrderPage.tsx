import { Button, Skeleton } from "@mantine/core";
import { IconCircleCheck, IconClockPause, IconLockQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { ApiError } from "../api/http";
import type { Order } from "../api/types";
import { useFormat } from "../format/useFormat";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { OrderLines } from "./OrderLines";
import styles from "./OrderPage.module.css";
import { useOrder } from "./useOrder";

export default function OrderPage() {
  const { t } = useTranslation("order");
  const { orderId = "" } = useParams();
  const order = useOrder(orderId);
  const unknown = order.error instanceof ApiError && order.error.status === 404;

  if (order.data) return <OrderDetails order={order.data} />;
  if (!order.hasToken || unknown) {
    return (
      <Page title={t("unknown_title")}>
        <EmptyNote
          asHeading
          icon={<IconLockQuestion size={36} stroke={1.5} />}
          title={t("unknown_title")}
          text={t("unknown_text")}
          action={
            <Button component={Link} to="/">
              {t("continue")}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={t("number")} wide={false}>
      {order.isError ? (
        <ErrorNote error={order.error} onRetry={() => void order.refetch()} />
      ) : (
        <Skeleton height="24rem" radius="lg" />
      )}
    </Page>
  );
}

/** The heading and the sentence that fit the order's status. */
const MESSAGES = {
  paid: "thanks",
  pending_payment: "pending",
  payment_failed: "pending",
  cancelled: "cancelled",
} as const;

function OrderDetails({ order }: { order: Order }) {
  const { t } = useTranslation("order");
  const { date } = useFormat();
  const paid = order.status === "paid";
  const message = MESSAGES[order.status];
  const Icon = paid ? IconCircleCheck : IconClockPause;
  const { address, name } = order.recipient;
  return (
    <Page title={t("title", { number: order.order_number })} wide={false}>
      <div className={styles.hero} data-paid={paid}>
        <Icon size={44} stroke={1.5} aria-hidden />
        <h1>{t(`${message}_title`)}</h1>
        <p>{t(`${message}_text`, { email: order.recipient.email })}</p>
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t("number")}</dt>
          <dd className={styles.number} data-testid="order-number">
            {order.order_number}
          </dd>
        </div>
        <div>
          <dt>{t("status_label")}</dt>
          <dd>{t(`status.${order.status}`)}</dd>
        </div>
        <div>
          <dt>{t("placed")}</dt>
          <dd>{date(order.placed_at)}</dd>
        </div>
        <div>
          <dt>{t("delivery")}</dt>
          <dd>
            {name}
            <br />
            {address.line1}
            <br />
            {address.line2 && (
              <>
                {address.line2}
                <br />
              </>
            )}
            {address.postal_code} {address.city}
          </dd>
        </div>
      </dl>
      <OrderLines order={order} />
      <div className={styles.actions}>
        {order.status === "pending_payment" || order.status === "payment_failed" ? (
          <Button component={Link} to="/checkout" size="md">
            {t("pay")}
          </Button>
        ) : null}
        <Button component={Link} to="/" variant={paid ? "filled" : "default"} size="md">
          {t("continue")}
        </Button>
      </div>
    </Page>
  );
}
