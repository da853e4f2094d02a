import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { answer, ApiError, NetworkError, sessionGuard, shop } from "./http";

// A browser completes "/api/v1/…" with its page's address.
vi.hoisted(() => {
  const Complete = class extends Request {
    constructor(path: string, init?: RequestInit) {
      super(new URL(path, "http://shop.test"), init);
    }
  };
  vi.stubGlobal("Request", Complete);
});

interface Sent {
  method: string;
  url: string;
  headers: Headers;
  body: string;
}

const CSRF = { type: "/problems/csrf", status: 403 };
const ORDER = { path: { order_id: "o" }, header: { "Idempotency-Key": "k" } };

/** Answers the calls one by one, and remembers what was sent. */
function answerWith(...answers: [status: number, body: unknown, headers?: Record<string, string>][]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const { method, url, headers } = request;
    const [status, body, more = {}] = answers[sent.length] ?? [500, {}];
    sent.push({ method, url, headers, body: await request.text() });
    return new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json", ...more },
    });
  });
  return sent;
}

const cancel = () => shop.POST("/api/v1/orders/{order_id}/cancel", { params: ORDER, body: { reason: "Twice" } });

beforeEach(() => {
  sessionGuard.csrfToken = "old";
  sessionGuard.renew = vi.fn(() => {
    sessionGuard.csrfToken = "new";
    return Promise.resolve();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a request", () => {
  it("carries the session's token where it changes something, and only there", async () => {
    const sent = answerWith([200, {}], [204, null]);
    await shop.GET("/api/v1/session");
    await shop.DELETE("/api/v1/session");
    expect(sent.map(({ headers }) => headers.get("X-CSRF-Token"))).toEqual([null, "old"]);
  });

  it("puts what it is about into the address, and leaves out what has no value", async () => {
    const sent = answerWith([200, { items: [] }], [200, {}]);
    const query = { q: "théière", category: undefined, min_price: 0, in_stock: undefined };
    expect(await answer(shop.GET("/api/v1/products", { params: { query } }))).toEqual({ items: [] });
    const headers = { "X-Order-Token": null };
    await shop.GET("/api/v1/products/{sku}", { params: { path: { sku: "A/B ?" } }, headers });
    expect(sent.map(({ url }) => url)).toEqual([
      "http://shop.test/api/v1/products?q=th%C3%A9i%C3%A8re&min_price=0",
      "http://shop.test/api/v1/products/A%2FB%20%3F",
    ]);
    expect(sent[1]?.headers.has("X-Order-Token")).toBe(false);
  });

  it("is sent once more, under its own key, when its token was outdated", async () => {
    const sent = answerWith([403, CSRF], [200, { order_id: "o" }]);
    expect(await answer(cancel())).toEqual({ order_id: "o" });
    const keys = sent.map(({ headers }) => [headers.get("X-CSRF-Token"), headers.get("Idempotency-Key")]);
    expect(keys).toEqual([
      ["old", "k"],
      ["new", "k"],
    ]);
    expect(sent.map(({ body }) => body)).toEqual(['{"reason":"Twice"}', '{"reason":"Twice"}']);
  });

  it("is not sent for ever, and another refusal is not sent again at all", async () => {
    const sent = answerWith([403, CSRF], [403, CSRF]);
    await expect(cancel()).rejects.toThrow(ApiError);
    expect(sent).toHaveLength(2);
    const other = answerWith([403, { type: "/problems/forbidden" }]);
    await expect(shop.GET("/api/v1/staff/orders")).rejects.toThrow(ApiError);
    expect(other).toHaveLength(1);
  });

  it("asks who is there when the session has ended; a failed login is no ended session", async () => {
    answerWith([401, {}]);
    await expect(shop.GET("/api/v1/account/orders")).rejects.toMatchObject({ status: 401 });
    expect(sessionGuard.renew).toHaveBeenCalledTimes(1);
    answerWith([401, {}]);
    const body = { email: "zoe@example.org", password: "wrong" };
    await expect(shop.POST("/api/v1/session", { body })).rejects.toMatchObject({ status: 401 });
    expect(sessionGuard.renew).toHaveBeenCalledTimes(1);
  });

  it("says how long to wait where the shop says so", async () => {
    answerWith([429, {}, { "Retry-After": "7" }], [429, {}]);
    await expect(shop.GET("/api/v1/session")).rejects.toMatchObject({ retryAfter: 7 });
    await expect(shop.GET("/api/v1/session")).rejects.toMatchObject({ retryAfter: null });
  });

  it("says that no answer came, unless it was given up itself", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(shop.GET("/api/v1/session")).rejects.toThrow(NetworkError);
    const signal = AbortSignal.abort();
    await expect(shop.GET("/api/v1/session", { signal })).rejects.toThrow("Failed to fetch");
  });

  it("refused by something that speaks no JSON is refused all the same", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("<h1>Bad gateway</h1>", { status: 502 })));
    await expect(shop.GET("/api/v1/session")).rejects.toMatchObject({ status: 502, kind: "" });
  });
});
