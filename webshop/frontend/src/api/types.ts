/** Answers of the shop's API. Money is a decimal string, never a number; times are ISO 8601 in UTC. */

export type Decimal = `${number}`;

export type StockState = "in_stock" | "low" | "sold_out";

export interface Product {
  sku: string;
  name: string;
  description: string;
  price: Decimal;
  currency: string;
  available: number;
  stock_state: StockState;
  category: string;
  image: string;
}

export interface ProductPage {
  items: Product[];
  /** Cursor of the next page; null on the last one. */
  next: string | null;
}

export interface CartItem {
  sku: string;
  name: string;
  quantity: number;
  unit_price: Decimal;
  amount: Decimal;
  available: number;
  image: string;
}

export interface Cart {
  cart_id: string;
  status: "open" | "checked_out";
  currency: string;
  items: CartItem[];
  total: Decimal;
}

export interface Address {
  line1: string;
  line2: string | null;
  postal_code: string;
  city: string;
}

export interface CheckoutRequest {
  email: string;
  name: string;
  address: Address;
  country: string;
}

export type OrderStatus = "pending_payment" | "payment_failed" | "paid" | "cancelled";

export interface OrderLine {
  line_number: number;
  sku: string;
  name: string;
  image: string;
  quantity: number;
  unit_price: Decimal;
  amount: Decimal;
}

export interface Order {
  order_id: string;
  order_number: string;
  status: OrderStatus;
  currency: string;
  total: Decimal;
  lines: OrderLine[];
  recipient: { email: string; name: string; address: Address; country: string };
  placed_at: string;
}

export interface PlacedOrder extends Order {
  /** Opens the order to its buyer, who has no account: sent as X-Order-Token. */
  access_token: string;
}

export interface PaymentRequest {
  card_number: string;
  card_expiry: string;
  card_cvc: string;
}

export interface StockAlert {
  alert_id: string;
  kind: "low_stock" | "sold_out" | "recovered";
  sku: string;
  product_name: string;
  available: number;
  reorder_point: number;
  stock_changed_at: string;
  /** Milliseconds from the stock change to the alert. */
  latency_ms: number;
}

/** One indicator, as the shop defines it. */
export interface KpiDefinition {
  id: string;
  label_fr: string;
  label_en: string;
  unit: "money" | "count" | "ratio";
  description: string;
}

/** One business day: its date and, by KPI id, the values; null where a KPI has none that day. */
export interface KpiDay {
  day: string;
  [kpiId: string]: string | number | null;
}

export interface KpiReport {
  from: string;
  to: string;
  currency: string;
  kpis: KpiDefinition[];
  days: KpiDay[];
}
