import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { listOrders } from "../api/staff";
import { useFormat } from "../format/useFormat";
import { Page } from "../layout/Page";
import { StatusBadge } from "../order/StatusBadge";
import { PagedTable } from "./DataTable";
import { Filters, useFilters } from "./Filters";
import styles from "./Staff.module.css";

const STATUSES = ["paid", "shipped", "pending_payment", "payment_failed", "cancelled", "refunded"] as const;

export default function OrdersPage() {
  const { t } = useTranslation("staff");
  const { t: tOrder } = useTranslation("order");
  const { moment, money } = useFormat();
  const filters = useFilters(STATUSES);
  const { q, status } = filters;
  return (
    <Page title={t("places.orders")}>
      <div className={styles.top}>
        <h1>{t("places.orders")}</h1>
        <Filters
          filters={filters}
          searchLabel={t("orders.search")}
          statuses={STATUSES.map((value) => ({ value, label: tOrder(`status.${value}`) }))}
        />
      </div>
      <PagedTable
        queryKey={["staff", "orders", q, status]}
        load={(after, signal) => listOrders({ q, status, after }, signal)}
        caption={t("places.orders")}
        rowKey={(order) => order.order_id}
        columns={[
          {
            label: tOrder("number"),
            cell: (order) => <Link to={`/staff/orders/${order.order_id}`}>{order.order_number}</Link>,
          },
          { label: t("orders.date"), cell: (order) => moment(order.placed_at) },
          {
            label: t("orders.customer"),
            cell: (order) => (
              <>
                {order.name}
                <br />
                <span className={styles.soft}>{order.email}</span>
              </>
            ),
          },
          { label: t("status"), cell: (order) => <StatusBadge status={order.status} /> },
          { label: t("orders.total"), cell: (order) => money(order.total, order.currency), align: "end" },
        ]}
      />
    </Page>
  );
}
