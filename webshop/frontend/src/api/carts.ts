import { sessionId } from "../session/session";
import { query, request } from "./http";
import type { Cart, CheckoutRequest, Language, PlacedOrder, Quote, QuoteRequest, ShippingMethod } from "./types";

export function createCart(lang: Language): Promise<Cart> {
  return request(`/carts${query({ lang })}`, {
    method: "POST",
    body: { session_id: sessionId() },
  });
}

export function getCart(cartId: string, lang: Language, signal?: AbortSignal): Promise<Cart> {
  return request(`/carts/${cartId}${query({ lang })}`, signal ? { signal } : {});
}

/** Adds `quantity` units to what the cart holds of this product. */
export function addCartItem(
  cartId: string,
  sku: string,
  quantity: number,
  lang: Language,
): Promise<Cart> {
  return request(`/carts/${cartId}/items${query({ lang })}`, {
    method: "POST",
    body: { sku, quantity },
  });
}

/** Makes the cart hold exactly `quantity` units of this product. */
export function setCartQuantity(
  cartId: string,
  sku: string,
  quantity: number,
  lang: Language,
): Promise<Cart> {
  return request(`/carts/${cartId}/items/${encodeURIComponent(sku)}${query({ lang })}`, {
    method: "PUT",
    body: { quantity },
  });
}

export function removeCartItem(cartId: string, sku: string, lang: Language): Promise<Cart> {
  return request(`/carts/${cartId}/items/${encodeURIComponent(sku)}${query({ lang })}`, {
    method: "DELETE",
  });
}

/** Turns the cart into an order that waits for its payment; safe to repeat with the same key. */
export function checkOut(cartId: string, body: CheckoutRequest, key: string): Promise<PlacedOrder> {
  return request(`/carts/${cartId}/checkout`, {
    method: "POST",
    body,
    headers: { "Idempotency-Key": key },
  });
}

/** What the cart would cost with this delivery and this code; reserves nothing. */
export function quoteCart(cartId: string, body: QuoteRequest, signal: AbortSignal): Promise<Quote> {
  return request(`/carts/${cartId}/quote`, { method: "POST", body, signal });
}

export async function listShippingMethods(
  country: string,
  signal: AbortSignal,
): Promise<ShippingMethod[]> {
  const asked = query({ country });
  const { items } = await request<{ items: ShippingMethod[] }>(`/shipping-methods${asked}`, { signal });
  return items;
}
