import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { addCartItem, checkOut, createCart } from "../api/carts";
import { ApiError, isRefusal } from "../api/http";
import { cancelOrder, getOrder, payOrder } from "../api/orders";
import type { Cart, Order } from "../api/types";
import { rememberCart } from "../cart/useCart";
import {
  orderToken,
  pendingOrderId,
  rememberOrderToken,
  rememberPendingOrder,
} from "../order/orderAccess";
import { useOrder } from "../order/useOrder";
import { AttemptKey } from "./attemptKey";
import { checkoutRequest, paymentRequest, type ValidCheckout } from "./checkoutForm";

/** Buying is two steps, ordering and paying: a declined card repeats only the second. */
export function usePurchase() {
  const client = useQueryClient();
  const [checkoutKey] = useState(() => new AttemptKey());
  const [paymentKey] = useState(() => new AttemptKey());
  const [pendingId, setPendingId] = useState(pendingOrderId);
  const pending = useOrder(pendingId);
  // While the shop's answer to "order this" is unknown, the cart may or may not have become an
  // order: it is kept here, so that the same request can be sent again.
  const [unansweredCart, setUnansweredCart] = useState<Cart | null>(null);

  function setPending(order: Order | null) {
    if (order) client.setQueryData(["order", order.order_id], order);
    rememberPendingOrder(order?.order_id ?? null);
    setPendingId(order?.order_id ?? null);
  }

  async function placeOrder(cart: Cart, form: ValidCheckout): Promise<Order> {
    const body = checkoutRequest(form);
    setUnansweredCart(cart);
    const send = (key: string) => checkOut(cart.cart_id, body, key);
    const { access_token, ...order } = await checkoutKey.run(body, send).catch((error: unknown) => {
      if (isRefusal(error)) setUnansweredCart(null);
      throw error;
    });
    setUnansweredCart(null);
    rememberOrderToken(order.order_id, access_token);
    setPending(order);
    rememberCart(null); // the cart has become the order
    return order;
  }

  async function pay(order: Order, form: ValidCheckout): Promise<Order> {
    const token = orderToken(order.order_id) ?? "";
    const body = paymentRequest(form);
    try {
      return await paymentKey.run(body, (key) => payOrder(order.order_id, token, body, key));
    } catch (error) {
      // "Cannot be paid" may mean that an earlier attempt, whose answer was lost, went through.
      if (!(error instanceof ApiError && error.kind === "order-status")) throw error;
      const known = await getOrder(order.order_id, token);
      if (known.status !== "paid") throw error;
      return known;
    }
  }

  const purchase = useMutation({
    mutationFn: async ({ cart, form }: { cart: Cart | null; form: ValidCheckout }) => {
      const order = pending.data ?? (cart ? await placeOrder(cart, form) : null);
      if (!order) throw new Error("There is nothing to buy: neither a cart nor an order");
      return pay(order, form);
    },
    onSuccess: (order) => {
      client.setQueryData(["order", order.order_id], order);
      rememberPendingOrder(null);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["cart"] }),
  });

  /** Gives the reserved units back and puts the order's items into a new cart. */
  const startOver = useMutation({
    mutationFn: async (order: Order) => {
      const token = orderToken(order.order_id) ?? "";
      const { status } = await getOrder(order.order_id, token);
      if (status !== "cancelled") await cancelOrder(order.order_id, token);
      let cart = await createCart();
      for (const { sku, quantity } of order.lines) {
        cart = await addCartItem(cart.cart_id, sku, quantity);
      }
      return cart;
    },
    onSuccess: (cart) => {
      setPending(null);
      purchase.reset();
      rememberCart(cart.cart_id);
      client.setQueryData(["cart"], cart);
    },
  });

  return { purchase, startOver, pending, unansweredCart };
}
