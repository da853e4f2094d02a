import type { Language } from "../i18n/languages";
import { sessionId } from "../session/session";
import { answer, shop } from "./http";
import type { Cart, Checkout, PlacedOrderRecord, QuoteRecord, QuoteRequest, ShippingRecord } from "./schema";

export function createCart(lang: Language): Promise<Cart> {
  const body = { session_id: sessionId() };
  return answer(shop.POST("/api/v1/carts", { params: { query: { lang } }, body }));
}

export function getCart(cartId: string, lang: Language, signal?: AbortSignal): Promise<Cart> {
  const params = { path: { cart_id: cartId }, query: { lang } };
  return answer(shop.GET("/api/v1/carts/{cart_id}", { params, signal }));
}

/** Adds `quantity` units to what the cart holds of this product. */
export function addCartItem(cartId: string, sku: string, quantity: number, lang: Language): Promise<Cart> {
  const params = { path: { cart_id: cartId }, query: { lang } };
  return answer(shop.POST("/api/v1/carts/{cart_id}/items", { params, body: { sku, quantity } }));
}

/** Makes the cart hold exactly `quantity` units of this product. */
export function setCartQuantity(cartId: string, sku: string, quantity: number, lang: Language): Promise<Cart> {
  const params = { path: { cart_id: cartId, sku }, query: { lang } };
  return answer(shop.PUT("/api/v1/carts/{cart_id}/items/{sku}", { params, body: { quantity } }));
}

export function removeCartItem(cartId: string, sku: string, lang: Language): Promise<Cart> {
  const params = { path: { cart_id: cartId, sku }, query: { lang } };
  return answer(shop.DELETE("/api/v1/carts/{cart_id}/items/{sku}", { params }));
}

/** Turns the cart into an order that waits for its payment; safe to repeat with the same key. */
export function checkOut(cartId: string, body: Checkout, key: string): Promise<PlacedOrderRecord> {
  const params = { path: { cart_id: cartId }, header: { "Idempotency-Key": key } };
  return answer(shop.POST("/api/v1/carts/{cart_id}/checkout", { params, body }));
}

/** What the cart would cost with this delivery and this code; reserves nothing. */
export function quoteCart(cartId: string, body: QuoteRequest, signal: AbortSignal): Promise<QuoteRecord> {
  const params = { path: { cart_id: cartId } };
  return answer(shop.POST("/api/v1/carts/{cart_id}/quote", { params, body, signal }));
}

export async function listShippingMethods(country: string, signal: AbortSignal): Promise<ShippingRecord[]> {
  const params = { query: { country } };
  const { items } = await answer(shop.GET("/api/v1/shipping-methods", { params, signal }));
  return items;
}
