/** Answers of the shop's API. Money is a decimal string, never a number; times are ISO 8601 in UTC. */

export type Decimal = `${number}`;

export type StockState = "in_stock" | "low" | "sold_out";

export type Language = "fr" | "en";

/** A page of a list, and the cursor of the next one; null on the last. */
export interface Listing<T> {
  items: T[];
  next: string | null;
}

export interface Product {
  sku: string;
  name: string;
  description: string;
  price: Decimal;
  currency: string;
  available: number;
  stock_state: StockState;
  category: string;
  category_label: string;
  image: string;
  /** A fraction: "0.2000". */
  vat_rate: Decimal;
}

export interface ProductPage extends Listing<Product> {
  /** How many products match, on all pages. */
  total: number;
}

export interface Category {
  category: string;
  label: string;
  products: number;
}

/** What is left of a product. */
export interface StockLevel {
  sku: string;
  available: number;
  stock_state: StockState;
}

export interface CartItem {
  sku: string;
  name: string;
  quantity: number;
  unit_price: Decimal;
  amount: Decimal;
  available: number;
  stock_state: StockState;
  image: string;
}

export interface Cart {
  cart_id: string;
  status: "open" | "checked_out" | "merged";
  currency: string;
  items: CartItem[];
  total: Decimal;
}

export interface ShippingMethod {
  code: string;
  label_fr: string;
  label_en: string;
  price: Decimal;
  /** From this sum of goods on it costs nothing; null: never. */
  free_from: Decimal | null;
  days_min: number;
  days_max: number;
}

export interface QuoteRequest {
  country?: string;
  shipping_method?: string;
  promo_code?: string;
}

export type PromotionRefusal = "unknown" | "expired" | "minimum" | "used_up" | "already_used";

export interface AppliedPromotion {
  code: string;
  label: string;
}

/** What a cart would cost: total = gross − discount + shipping; the VAT is contained in it. */
export interface Quote {
  gross: Decimal;
  discount: Decimal;
  shipping: Decimal;
  vat_included: Decimal;
  total: Decimal;
  currency: string;
  promotion: AppliedPromotion | null;
  promotion_refused: PromotionRefusal | null;
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
  phone?: string;
  address: Address;
  country: string;
  shipping_method: string;
  promo_code?: string;
  language: Language;
}

export type OrderStatus =
  | "pending_payment"
  | "payment_failed"
  | "paid"
  | "shipped"
  | "cancelled"
  | "refunded";

export interface OrderLine {
  line_number: number;
  sku: string;
  name: string;
  image: string;
  quantity: number;
  unit_price: Decimal;
  amount: Decimal;
  /** Units that can still be sent back, or paid back. */
  returnable: number;
}

export type PaymentStatus = "pending" | "succeeded" | "failed";

/** A payment of an order, as the order lists it. */
export interface OrderPayment {
  payment_id: string;
  status: PaymentStatus;
  provider: string;
  created_at: string;
}

export interface Refund {
  refund_id: string;
  amount: Decimal;
  reason: string;
  created_at: string;
}

export type ReturnStatus = "requested" | "accepted" | "refused" | "received";

export interface OrderReturn {
  return_id: string;
  status: ReturnStatus;
  reason: string;
  requested_at: string;
  lines: { line_number: number; quantity: number }[];
}

export interface OrderStep {
  at: string;
  status: OrderStatus;
  /** "account:<uuid>", "guest" or "system". */
  by: string;
  note: string | null;
}

export interface Order {
  order_id: string;
  order_number: string;
  status: OrderStatus;
  currency: string;
  gross: Decimal;
  discount: Decimal;
  shipping: Decimal;
  vat_included: Decimal;
  total: Decimal;
  refunded: Decimal;
  shipping_method: string;
  tracking: string | null;
  promotion: AppliedPromotion | null;
  lines: OrderLine[];
  recipient: {
    email: string;
    name: string;
    phone: string | null;
    address: Address;
    country: string;
  };
  payments: OrderPayment[];
  refunds: Refund[];
  returns: OrderReturn[];
  history: OrderStep[];
  can: { cancel: boolean; pay: boolean; return: boolean };
  placed_at: string;
  expires_at: string | null;
}

export interface OrderSummary {
  order_id: string;
  order_number: string;
  status: OrderStatus;
  total: Decimal;
  currency: string;
  placed_at: string;
}

export interface PlacedOrder extends Order {
  /** Opens the order to its buyer, who may have no account: sent as X-Order-Token. */
  access_token: string;
}

export interface StartedPayment {
  payment_id: string;
  status: PaymentStatus;
  /** The gateway's page, where the card is asked for. */
  redirect_url: string;
}

export interface Payment {
  payment_id: string;
  status: PaymentStatus;
  reason: string | null;
}

export interface LineQuantity {
  line_number: number;
  quantity: number;
}

export type Role = "customer" | "manager" | "admin";

export interface Account {
  account_id: string;
  email: string;
  name: string;
  language: Language;
  role: Role;
  /** Whether a log-in needs a code as well. */
  second_factor: boolean;
}

/** Who the visitor is; all null for a guest. */
export interface Session {
  account: Account | null;
  csrf_token: string | null;
  cart_id: string | null;
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
