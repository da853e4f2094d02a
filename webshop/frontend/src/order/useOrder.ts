import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { cancelOrder, getOrder, getPayment, requestReturn } from "../api/orders";
import type { LineUnits, OrderRecord } from "../api/schema";
import { leaveFor } from "../checkout/leaveFor";
import { AttemptKey } from "../forms/attemptKey";
import { openPayment } from "./openPayment";
import { orderAccess } from "./orderAccess";

const ORDER_REFRESH_MS = 20_000;
const PAYMENT_POLL_MS = 1_500;
/** After this long without the bank's answer, the page stops waiting and says so. */
const PAYMENT_PATIENCE_MS = 90_000;

const orderKey = (orderId: string) => ["order", orderId];

/** An order that this browser placed, or that belongs to the account that is logged in. */
export function useOrder(orderId: string) {
  return useQuery({
    queryKey: orderKey(orderId),
    queryFn: ({ signal }) => getOrder(orderAccess(orderId), signal),
    refetchInterval: ORDER_REFRESH_MS,
  });
}

/**
 * Follows a payment that the shopper has come back from, until the bank has answered; the order is
 * read again then. `waiting` ends automatically when no answer comes.
 */
export function usePaymentOutcome(orderId: string, paymentId: string | null) {
  const client = useQueryClient();
  const [since] = useState(() => Date.now());
  const query = useQuery({
    queryKey: ["payment", orderId, paymentId],
    queryFn: ({ signal }) => getPayment(orderAccess(orderId), paymentId ?? "", signal),
    enabled: paymentId !== null,
    refetchInterval: ({ state }) =>
      state.data?.status === "pending" && Date.now() - since < PAYMENT_PATIENCE_MS
        ? PAYMENT_POLL_MS
        : false,
  });
  const status = query.data?.status;
  useEffect(() => {
    if (status && status !== "pending") void client.invalidateQueries({ queryKey: orderKey(orderId) });
  }, [status, orderId, client]);
  const patient = query.dataUpdatedAt - since < PAYMENT_PATIENCE_MS;
  return {
    payment: query.data ?? null,
    waiting: paymentId !== null && (query.isPending || (status === "pending" && patient)),
    unanswered: status === "pending" && !patient,
  };
}

/** Pays at the gateway's page; coming "back" from there makes the button usable again. */
export function usePay(orderId: string) {
  const pay = useMutation({
    mutationFn: () => openPayment(orderAccess(orderId)),
    onSuccess: ({ redirect_url }) => {
      leaveFor(redirect_url);
    },
  });
  const { reset } = pay;
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) reset();
    };
    window.addEventListener("pageshow", onShow);
    return () => {
      window.removeEventListener("pageshow", onShow);
    };
  }, [reset]);
  return pay;
}

export function useCancel(orderId: string) {
  const client = useQueryClient();
  const [attempt] = useState(() => new AttemptKey());
  return useMutation({
    mutationFn: (reason: string) =>
      attempt.run({ reason }, (key) => cancelOrder(orderAccess(orderId), reason, key)),
    onSuccess: (order: OrderRecord) => {
      client.setQueryData(orderKey(orderId), order);
    },
    onError: () => client.invalidateQueries({ queryKey: orderKey(orderId) }),
  });
}

export function useRequestReturn(orderId: string) {
  const client = useQueryClient();
  const [attempt] = useState(() => new AttemptKey());
  return useMutation({
    mutationFn: (body: { lines: LineUnits[]; reason: string }) =>
      attempt.run(body, (key) => requestReturn(orderAccess(orderId), body, key)),
    onSuccess: () => client.invalidateQueries({ queryKey: orderKey(orderId) }),
  });
}
