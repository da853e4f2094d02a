import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError, request, sessionGuard } from "./http";

interface Sent {
  path: string;
  headers: Record<string, string>;
}

const CSRF = { type: "/problems/csrf", status: 403 };

/** Answers the calls one by one, and remembers what was sent. */
function answerWith(...answers: [status: number, body: unknown, headers?: Record<string, string>][]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    sent.push({ path, headers: { ...(init.headers as Record<string, string>) } });
    const [status, body, headers = {}] = answers[sent.length - 1] ?? [500, {}];
    return Promise.resolve(
      new Response(JSON.stringify(body), {
        status,
        headers: { "Content-Type": "application/json", ...headers },
      }),
    );
  });
  return sent;
}

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
    const sent = answerWith([200, {}], [200, {}]);
    await request("/cart");
    await request("/cart", { method: "POST", body: {} });
    expect(sent.map(({ headers }) => headers["X-CSRF-Token"])).toEqual([undefined, "old"]);
  });

  it("is sent once more, under its own key, when its token was outdated", async () => {
    const sent = answerWith([403, CSRF], [200, { done: true }]);
    const answer = await request("/orders", { method: "POST", headers: { "Idempotency-Key": "k" } });
    expect(answer).toEqual({ done: true });
    expect(sent.map(({ headers }) => [headers["X-CSRF-Token"], headers["Idempotency-Key"]])).toEqual([
      ["old", "k"],
      ["new", "k"],
    ]);
  });

  it("is not sent for ever, and another refusal is not sent again at all", async () => {
    const sent = answerWith([403, CSRF], [403, CSRF]);
    await expect(request("/orders", { method: "POST" })).rejects.toThrow(ApiError);
    expect(sent).toHaveLength(2);
    const other = answerWith([403, { type: "/problems/forbidden" }]);
    await expect(request("/staff/orders")).rejects.toThrow(ApiError);
    expect(other).toHaveLength(1);
  });

  it("asks who is there when the session has ended; a failed log-in is no ended session", async () => {
    answerWith([401, {}]);
    await expect(request("/account/orders")).rejects.toMatchObject({ status: 401 });
    expect(sessionGuard.renew).toHaveBeenCalledTimes(1);
    answerWith([401, {}]);
    await expect(request("/session", { method: "POST" })).rejects.toMatchObject({ status: 401 });
    expect(sessionGuard.renew).toHaveBeenCalledTimes(1);
  });

  it("says how long to wait where the shop says so", async () => {
    answerWith([429, {}, { "Retry-After": "7" }], [429, {}]);
    await expect(request("/session")).rejects.toMatchObject({ retryAfter: 7 });
    await expect(request("/session")).rejects.toMatchObject({ retryAfter: null });
  });
});
