import { useQuery } from "@tanstack/react-query";

import { getOrder } from "../api/orders";
import { orderToken } from "./orderAccess";

/** An order that this browser placed; stays idle when it has no token for it. */
export function useOrder(orderId: string | null) {
  const token = orderId ? orderToken(orderId) : null;
  const query = useQuery({
    queryKey: ["order", orderId],
    queryFn: ({ signal }) => getOrder(orderId ?? "", token ?? "", signal),
    enabled: orderId !== null && token !== null,
  });
  return { ...query, hasToken: token !== null };
}
