import "../i18n/areas/order";

import { Button, Skeleton } from "@mantine/core";
import { IconLockQuestion } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";

import { ApiError } from "../api/http";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { useSession } from "../session/useSession";
import { rememberOrderToken } from "./orderAccess";
import { OrderDetails } from "./OrderDetails";
import { useOrder } from "./useOrder";

/** Keeps the token that a mail's or the gateway's link brings, and takes it out of the address. */
function useTokenOfAddress(orderId: string): boolean {
  const [params, setParams] = useSearchParams();
  const token = params.get("token");
  if (token) rememberOrderToken(orderId, token);
  useEffect(() => {
    if (!token) return;
    setParams(
      (current) => {
        current.delete("token");
        return current;
      },
      { replace: true },
    );
  }, [token, setParams]);
  return token === null;
}

export default function OrderPage() {
  const { orderId = "" } = useParams();
  const settled = useTokenOfAddress(orderId);
  return settled ? <KnownOrder key={orderId} orderId={orderId} /> : null;
}

function KnownOrder({ orderId }: { orderId: string }) {
  const { t } = useTranslation("order");
  const order = useOrder(orderId);
  const { account } = useSession();

  if (order.data) return <OrderDetails order={order.data} />;
  if (order.error instanceof ApiError && order.error.status === 404) {
    return (
      <Page title={t("unknown_title")}>
        <EmptyNote
          asHeading
          icon={<IconLockQuestion size={36} stroke={1.5} />}
          title={t("unknown_title")}
          text={t(account ? "unknown_to_account" : "unknown_text")}
          action={
            <Button component={Link} to={account ? "/account" : `/login?next=/orders/${orderId}`}>
              {t(account ? "unknown_my_orders" : "unknown_log_in")}
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
