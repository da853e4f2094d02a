import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import { ApiError, NetworkError } from "../api/http";
import problems from "../i18n/locales/fr/problems.json";
import { problemText } from "./problemText";

const DETAIL = "An English sentence.";

const refused = (status: number, kind: string, retryAfter: number | null = null) =>
  new ApiError(status, { type: `/problems/${kind}`, detail: DETAIL }, retryAfter);

beforeAll(() => i18next.init({ lng: "fr", resources: { fr: { problems } } }));

describe("why something did not work", () => {
  const text = (error: Error, meanings = {}) =>
    problemText(i18next.getFixedT("fr", "problems"), error, meanings);

  it("is shown in the language of the page by the kind of problem", () => {
    expect(text(refused(409, "cart-closed"))).toBe(problems.kinds.cart_closed);
    expect(text(refused(503, "gateway-unavailable"))).toBe(problems.kinds.gateway_unavailable);
  });

  it("is shown as the page defines it, where the kind has a special meaning there", () => {
    expect(text(refused(401, "login-failed"), { "login-failed": "Autre chose" })).toBe("Autre chose");
  });

  it("is never shown in the API's English", () => {
    expect(text(refused(409, "moon-phase"))).toBe(problems.refused);
    expect(text(refused(502, "bad-gateway"))).toBe(problems.failed);
    expect(text(new ApiError(400, { detail: DETAIL }))).toBe(problems.refused);
    expect(text(new NetworkError(null))).toBe(problems.no_answer);
    expect(text(new TypeError(DETAIL))).toBe(problems.failed);
  });

  it("says how long to wait, where the shop says so", () => {
    expect(text(refused(429, "too-many-requests", 7))).toContain("7 secondes");
    expect(text(refused(429, "too-many-requests"))).toBe(problems.kinds.too_many_requests);
  });
});
