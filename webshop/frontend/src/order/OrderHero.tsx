import { Alert, Button, Loader } from "@mantine/core";
import {
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconCreditCardOff,
  IconReceiptRefund,
  IconTruckDelivery,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import { ApiError } from "../api/http";
import type { OrderRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { ProblemAlert } from "../problems/ProblemAlert";
import styles from "./OrderPage.module.css";
import { usePay, usePaymentOutcome } from "./useOrder";

const ICONS = {
  waiting: IconClockPause,
  pending: IconClockPause,
  declined: IconCreditCardOff,
  thanks: IconCircleCheck,
  shipped: IconTruckDelivery,
  cancelled: IconCircleX,
  refunded: IconReceiptRefund,
} as const;

type Message = keyof typeof ICONS;

const MESSAGES = {
  paid: "thanks",
  shipped: "shipped",
  pending_payment: "pending",
  payment_failed: "declined",
  cancelled: "cancelled",
  refunded: "refunded",
} as const;

/** What is the matter with the order now, and the payment if that is what it waits for. */
export function OrderHero({ order }: { order: OrderRecord }) {
  const { t } = useTranslation("order");
  const [params] = useSearchParams();
  const outcome = usePaymentOutcome(order.order_id, params.get("payment"));
  const { can, status } = order;

  function message(): Message {
    if (status !== "pending_payment" && status !== "payment_failed") return MESSAGES[status];
    if (outcome.waiting) return "waiting";
    return outcome.payment?.status === "failed" ? "declined" : MESSAGES[status];
  }

  const shown = message();
  const Icon = ICONS[shown];
  // Paid, but too late: the order had been cancelled, and the money is refunded.
  const tooLate = status === "cancelled" && outcome.payment?.status === "succeeded";
  return (
    <div className={styles.hero} data-message={shown}>
      {shown === "waiting" ? <Loader color="fir" aria-hidden /> : <Icon size={44} stroke={1.5} aria-hidden />}
      <div role="status">
        <h1>{t(`hero.${shown}_title`)}</h1>
        <p>{t(tooLate ? "hero.too_late_text" : `hero.${shown}_text`, { email: order.recipient.email })}</p>
        {outcome.unanswered && can.pay && <p>{t("hero.unanswered")}</p>}
      </div>
      {can.pay && shown !== "waiting" && <PayAgain order={order} again={shown === "declined"} />}
    </div>
  );
}

function PayAgain({ order, again }: { order: OrderRecord; again: boolean }) {
  const { t } = useTranslation("order");
  const { money, moment } = useFormat();
  const pay = usePay(order.order_id);
  const location = useLocation();
  const navigate = useNavigate();
  const state = location.state as { paymentNotOpened?: boolean } | null;
  const notOpened = state?.paymentNotOpened === true;

  function problem() {
    if (pay.error instanceof ApiError) {
      return <ProblemAlert error={pay.error} meanings={{ "out-of-stock": t("pay.out_of_stock") }} />;
    }
    if (!pay.isError && !(notOpened && pay.isIdle)) return null;
    return (
      <Alert color="garnet" role="alert">
        {t("pay.no_answer")}
      </Alert>
    );
  }

  return (
    <div className={styles.pay}>
      {problem()}
      <Button
        size="lg"
        loading={pay.isPending || pay.isSuccess}
        onClick={() => {
          // The note of the failed attempt is over: "back" from the gateway must not bring it again.
          void navigate(location.pathname + location.search, { replace: true, preventScrollReset: true });
          pay.mutate();
        }}
      >
        {t(again ? "pay.again" : "pay.now", { total: money(order.total, order.currency) })}
      </Button>
      {order.expires_at && order.status === "pending_payment" && (
        <p className={styles.small}>{t("pay.until", { time: moment(order.expires_at) })}</p>
      )}
    </div>
  );
}
