/** Answers of the staff's part of the API. */
import type { Decimal, Listing, OrderReturn, OrderSummary, Role, StockState } from "./types";

export interface StaffOrder extends OrderSummary {
  name: string;
  email: string;
}

export interface StaffReturn extends OrderReturn {
  order_id: string;
  order_number: string;
}

export interface StaffProduct {
  sku: string;
  name: string;
  /** Absent or null: the French text stands in. */
  name_en?: string | null;
  description: string;
  description_en?: string | null;
  category: string;
  price: Decimal;
  currency: string;
  image: string;
  active: boolean;
  /** Why shoppers neither see nor buy it; null: they do. */
  not_for_sale: "service" | "price" | "withdrawn" | null;
  on_hand: number;
  reserved: number;
  available: number;
  reorder_point: number;
  stock_state: StockState;
}

export interface ProductChange {
  name?: string;
  name_en?: string;
  description?: string;
  description_en?: string;
  category?: string;
  price?: string;
  reorder_point?: number;
  active?: boolean;
}

export interface NewProduct extends ProductChange {
  sku: string;
  name: string;
  category: string;
  price: string;
}

export interface StockFigures {
  on_hand: number;
  available: number;
  version: number;
}

/** One movement of a product's stock; `quantity` is the signed change of the units for sale. */
export interface Movement {
  version: number;
  reason: string;
  reference: string | null;
  quantity: number;
  available_after: number;
  on_hand_after: number;
  occurred_at: string;
  actor: string;
  note: string | null;
}

export interface Ledger extends Listing<Movement> {
  stock: StockFigures & { reserved: number; reorder_point: number };
  /** The same, recomputed from the movements alone. */
  ledger: StockFigures;
}

export interface Customer {
  customer_id: string;
  email: string | null;
  name: string | null;
  country: string | null;
  orders: number;
  spent: Decimal;
  created_at: string;
  /** Of those who have an account. */
  account_id?: string | null;
  role?: Role | null;
  /** Of `spent`. */
  currency: string;
  /** Whether a log-in to the account needs a code as well. */
  second_factor: boolean;
}

export interface Promotion {
  code: string;
  label: string;
  kind: "percent" | "amount" | "free_shipping";
  value: Decimal;
  minimum: Decimal;
  currency: string;
  starts_at: string | null;
  ends_at: string | null;
  max_uses: number | null;
  uses: number;
  once_per_customer: boolean;
  active: boolean;
}

export interface NewPromotion {
  code: string;
  label: string;
  kind: Promotion["kind"];
  value: string;
  minimum: string;
  starts_at?: string;
  ends_at?: string;
  max_uses?: number;
  once_per_customer: boolean;
}

/** A mail that was given up; `last_error` says why. */
export interface FailedMail {
  mail_id: string;
  template: string;
  recipient: string;
  last_error: string | null;
  attempts: number;
  created_at: string;
  failed_at: string;
}

export interface AuditEntry {
  entry: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}
