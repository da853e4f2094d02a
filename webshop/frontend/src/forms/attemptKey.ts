import { isRefusal } from "../api/http";
import { randomId } from "../session/session";

/**
 * The Idempotency-Key of one attempt. It stays while the same request goes without a clear answer
 * (network lost, shop failing), so that a retry cannot order or pay twice; what the shop answered,
 * or a request that the shopper changed, ends the attempt.
 */
export class AttemptKey {
  #body = "";
  #key: string | null = null;

  /** Runs `send` with this attempt's key. */
  async run<T>(body: unknown, send: (key: string) => Promise<T>): Promise<T> {
    const text = JSON.stringify(body);
    if (this.#key === null || this.#body !== text) {
      this.#key = randomId();
      this.#body = text;
    }
    try {
      const answer = await send(this.#key);
      this.#key = null;
      return answer;
    } catch (error) {
      if (isRefusal(error)) this.#key = null;
      throw error;
    }
  }
}
