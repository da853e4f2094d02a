import { Button, Skeleton } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { listOwnOrders } from "../api/orders";
import type { OrderSummary } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { StatusBadge } from "../order/StatusBadge";
import styles from "./Account.module.css";

export function OwnOrders() {
  const { t } = useTranslation("account");
  const { t: tCommon } = useTranslation();
  const orders = useInfiniteQuery({
    queryKey: ["own-orders"],
    queryFn: ({ pageParam, signal }) => listOwnOrders(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

  function content() {
    if (orders.isPending) return <Skeleton height="14rem" radius="md" />;
    if (!orders.data) return <ErrorNote error={orders.error} onRetry={() => void orders.refetch()} />;
    const listed = orders.data.pages.flatMap((page) => page.items);
    if (listed.length === 0) {
      return (
        <EmptyNote
          icon={<IconPackage size={36} stroke={1.5} />}
          title={t("me.orders_empty_title")}
          text={t("me.orders_empty_text")}
          action={
            <Button component={Link} to="/" variant="light">
              {t("me.shop")}
            </Button>
          }
        />
      );
    }
    return (
      <>
        <ul className={styles.orders}>
          {listed.map((order) => (
            <OrderRow key={order.order_id} order={order} />
          ))}
        </ul>
        {orders.hasNextPage && (
          <Button
            variant="default"
            loading={orders.isFetchingNextPage}
            onClick={() => void orders.fetchNextPage()}
          >
            {tCommon("more")}
          </Button>
        )}
      </>
    );
  }

  return (
    <section className={styles.card} aria-labelledby="own-orders">
      <h2 id="own-orders">{t("me.orders")}</h2>
      {content()}
    </section>
  );
}

function OrderRow({ order }: { order: OrderSummary }) {
  const { t } = useTranslation("account");
  const { date, money } = useFormat();
  return (
    <li>
      <div className={styles.order}>
        <Link to={`/orders/${order.order_id}`}>{t("me.order_of", { number: order.order_number })}</Link>
        <span className={styles.total}>{money(order.total, order.currency)}</span>
        <time className={styles.date} dateTime={order.placed_at}>
          {date(order.placed_at)}
        </time>
        <span className={styles.status}>
          <StatusBadge status={order.status} />
        </span>
      </div>
    </li>
  );
}
