import { answer, shop } from "./http";
import type {
  AuditPage,
  Count,
  Customers,
  Decision,
  FailedMails,
  Movements,
  NewProduct,
  NewPromotion,
  OrderRecord,
  OrderStatus,
  ProductChange,
  ProductRecord,
  PromotionDetails,
  Receipt,
  RefundRequest,
  Restock,
  ReturnStatus,
  Role,
  Shipment,
  StaffCancellation,
  StaffOrders,
  StaffProducts,
  StaffReturns,
} from "./schema";

/** A page of a list: the cursor `after` (null: from the start), and "" for a filter that is not set. */
interface Asked<Status extends string = never> {
  q?: string;
  status?: Status | "";
  after: string | null;
}

const asQuery = <Status extends string>({ q, status, after }: Asked<Status>) => ({
  q: q || undefined,
  status: status || undefined,
  after: after ?? undefined,
});

export function listOrders(asked: Asked<OrderStatus>, signal: AbortSignal): Promise<StaffOrders> {
  return answer(shop.GET("/api/v1/staff/orders", { params: { query: asQuery(asked) }, signal }));
}

export function listProducts(asked: Asked, signal: AbortSignal): Promise<StaffProducts> {
  return answer(shop.GET("/api/v1/staff/products", { params: { query: asQuery(asked) }, signal }));
}

export function listReturns(asked: Asked<ReturnStatus>, signal: AbortSignal): Promise<StaffReturns> {
  return answer(shop.GET("/api/v1/staff/returns", { params: { query: asQuery(asked) }, signal }));
}

export function listCustomers(asked: Asked, signal: AbortSignal): Promise<Customers> {
  return answer(shop.GET("/api/v1/staff/customers", { params: { query: asQuery(asked) }, signal }));
}

export function listFailedMails(asked: Asked, signal: AbortSignal): Promise<FailedMails> {
  return answer(shop.GET("/api/v1/staff/mails/failed", { params: { query: asQuery(asked) }, signal }));
}

export function listAudit(asked: Asked, signal: AbortSignal): Promise<AuditPage> {
  return answer(shop.GET("/api/v1/staff/audit", { params: { query: asQuery(asked) }, signal }));
}

export async function listPromotions(signal: AbortSignal): Promise<PromotionDetails[]> {
  const { items } = await answer(shop.GET("/api/v1/staff/promotions", { signal }));
  return items;
}

export function getOrder(orderId: string, signal: AbortSignal): Promise<OrderRecord> {
  return answer(shop.GET("/api/v1/staff/orders/{order_id}", { params: { path: { order_id: orderId } }, signal }));
}

/** The movements of a product's stock, newest first, with the stock and what they add up to. */
export function getLedger(sku: string, after: string | null, signal: AbortSignal): Promise<Movements> {
  const params = { path: { sku }, query: asQuery({ after }) };
  return answer(shop.GET("/api/v1/staff/stock/{sku}/movements", { params, signal }));
}

// A change is made once, however often it is sent with the same key.
const once = (key: string) => ({ header: { "Idempotency-Key": key } });
const ofOrder = (orderId: string, key: string) => ({ path: { order_id: orderId }, ...once(key) });
const ofReturn = (returnId: string, key: string) => ({ path: { return_id: returnId }, ...once(key) });
const ofStock = (sku: string, key: string) => ({ path: { sku }, ...once(key) });

export const shipOrder = (orderId: string, body: Shipment, key: string) =>
  shop.POST("/api/v1/staff/orders/{order_id}/ship", { params: ofOrder(orderId, key), body });

export const cancelOrder = (orderId: string, body: StaffCancellation, key: string) =>
  shop.POST("/api/v1/staff/orders/{order_id}/cancel", { params: ofOrder(orderId, key), body });

export const refundOrder = (orderId: string, body: RefundRequest, key: string) =>
  shop.POST("/api/v1/staff/orders/{order_id}/refunds", { params: ofOrder(orderId, key), body });

export const acceptReturn = (returnId: string, body: Decision, key: string) =>
  shop.POST("/api/v1/staff/returns/{return_id}/accept", { params: ofReturn(returnId, key), body });

export const refuseReturn = (returnId: string, body: Decision, key: string) =>
  shop.POST("/api/v1/staff/returns/{return_id}/refuse", { params: ofReturn(returnId, key), body });

export const receiveReturn = (returnId: string, body: Receipt, key: string) =>
  shop.POST("/api/v1/staff/returns/{return_id}/receive", { params: ofReturn(returnId, key), body });

export const restock = (sku: string, body: Restock, key: string) =>
  shop.POST("/api/v1/staff/stock/{sku}/restock", { params: ofStock(sku, key), body });

export const countStock = (sku: string, body: Count, key: string) =>
  shop.POST("/api/v1/staff/stock/{sku}/count", { params: ofStock(sku, key), body });

export const retryMail = (mailId: string, key: string) =>
  shop.POST("/api/v1/staff/mails/{mail_id}/retry", { params: { path: { mail_id: mailId }, ...once(key) } });

export const createProduct = (body: NewProduct, key: string) =>
  shop.POST("/api/v1/staff/products", { params: once(key), body });

export const createPromotion = (body: NewPromotion, key: string) =>
  shop.POST("/api/v1/staff/promotions", { params: once(key), body });

export function changeProduct(sku: string, body: ProductChange): Promise<ProductRecord> {
  return answer(shop.PATCH("/api/v1/staff/products/{sku}", { params: { path: { sku } }, body }));
}

const ofAccount = (accountId: string) => ({ path: { account_id: accountId } });

export function changeRole(accountId: string, role: Role): Promise<unknown> {
  return shop.PATCH("/api/v1/staff/accounts/{account_id}", { params: ofAccount(accountId), body: { role } });
}

/** Takes off the second factor that the owner of an account has lost. */
export function removeLostFactor(accountId: string): Promise<unknown> {
  return shop.DELETE("/api/v1/staff/accounts/{account_id}/second-factor", { params: ofAccount(accountId) });
}
