import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";

import { checkOut } from "../api/carts";
import type { Cart, Checkout } from "../api/schema";
import { useCart } from "../cart/useCart";
import { AttemptKey } from "../forms/attemptKey";
import { openPayment } from "../order/openPayment";
import { rememberOrderToken, rememberPendingOrder } from "../order/orderAccess";
import { leaveFor } from "./leaveFor";

/**
 * Buying: the cart becomes an order, a payment is opened, and the browser goes to the gateway.
 * Once there is an order, its own page is where a payment that could not be opened goes on.
 */
export function usePurchase() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { forget } = useCart();
  const [checkoutKey] = useState(() => new AttemptKey());

  const purchase = useMutation({
    mutationFn: async ({ cart, body }: { cart: Cart; body: Checkout }) => {
      const placed = await checkoutKey.run(body, (key) => checkOut(cart.cart_id, body, key));
      const { access_token: token, order_id: orderId } = placed;
      rememberOrderToken(orderId, token);
      rememberPendingOrder(orderId);
      await forget();
      const payment = await openPayment({ orderId, token }).catch(() => null);
      return { orderId, payment };
    },
    onSuccess: ({ orderId, payment }) => {
      if (payment) leaveFor(payment.redirect_url);
      else void navigate(`/orders/${orderId}`, { state: { paymentNotOpened: true } });
    },
    onError: () => client.invalidateQueries({ queryKey: ["cart"] }),
  });

  // "Back" from the gateway may bring this page as it was left; the order is what there is now.
  const orderId = purchase.data?.orderId;
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted && orderId) void navigate(`/orders/${orderId}`, { replace: true });
    };
    window.addEventListener("pageshow", onShow);
    return () => {
      window.removeEventListener("pageshow", onShow);
    };
  }, [orderId, navigate]);

  return purchase;
}
