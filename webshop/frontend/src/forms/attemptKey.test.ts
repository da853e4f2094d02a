import { describe, expect, it } from "vitest";

import { ApiError, NetworkError } from "../api/http";
import { AttemptKey } from "./attemptKey";

/** Sends once with this outcome and returns the key that was used. */
async function keyOf(attempt: AttemptKey, body: unknown, outcome?: Error): Promise<string> {
  let used = "";
  await attempt
    .run(body, (key) => {
      used = key;
      return outcome ? Promise.reject(outcome) : Promise.resolve("done");
    })
    .catch(() => undefined);
  return used;
}

describe("the Idempotency-Key of an attempt", () => {
  it("stays while no clear answer came", async () => {
    const attempt = new AttemptKey();
    const first = await keyOf(attempt, { card: 1 }, new NetworkError("offline"));
    const second = await keyOf(attempt, { card: 1 }, new ApiError(503, {}));
    expect(second).toBe(first);
    expect(await keyOf(attempt, { card: 1 })).toBe(first);
  });

  it("changes with the request, after a refusal and after success", async () => {
    const attempt = new AttemptKey();
    const keys = [
      await keyOf(attempt, { card: 1 }, new NetworkError("offline")),
      await keyOf(attempt, { card: 2 }, new ApiError(402, {})),
      await keyOf(attempt, { card: 2 }),
      await keyOf(attempt, { card: 2 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
