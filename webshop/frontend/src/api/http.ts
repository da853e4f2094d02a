/** The one way in which the frontend speaks with the shop: a client of its OpenAPI document. */
import createClient from "openapi-fetch";

import type { paths, Problem as ShopProblem } from "./schema";

/** RFC 9457 problem details. What stands before the shop may answer with less. */
export type Problem = Partial<ShopProblem>;

/** The shop answered, and refused. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** Seconds after which the shop would take the request again, where it says so. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title ?? `The shop answered with status ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The kind of problem, e.g. "out-of-stock" from the type "/problems/out-of-stock". */
  get kind(): string {
    return this.problem.type?.split("/").pop() ?? "";
  }
}

/** Whether the shop understood and said no (4xx): asking the same again would change nothing. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status < 500;
}

/** No answer came: the network is down or the shop cannot be reached. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super("The shop cannot be reached", { cause });
    this.name = "NetworkError";
  }
}

/**
 * What this page knows of the visitor's session. The token is kept in memory only: a page of
 * another site can make the browser send the cookie, but it cannot read this.
 */
export const sessionGuard: { csrfToken: string | null; renew: () => Promise<unknown> } = {
  csrfToken: null,
  renew: () => Promise.resolve(),
};

async function refusalOf(response: Response): Promise<ApiError> {
  const type = response.headers.get("Content-Type") ?? "";
  const problem = type.includes("json")
    ? ((await response.json()) as Problem)
    : { status: response.status, title: response.statusText };
  const seconds = Number(response.headers.get("Retry-After") ?? NaN);
  return new ApiError(response.status, problem, Number.isFinite(seconds) ? seconds : null);
}

/**
 * Sends one request; throws ApiError on a refusal and NetworkError when no answer came.
 *
 * A session that ended or was rotated in another tab is asked for once more; what its old token
 * was refused for is then sent again.
 */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  try {
    return await sendOnce(request);
  } catch (error) {
    if (!(error instanceof ApiError) || request.url.endsWith("/api/v1/session")) throw error;
    const outdated = error.status === 403 && error.kind === "csrf";
    if (!outdated && error.status !== 401) throw error;
    await sessionGuard.renew();
    if (!outdated) throw error;
    return sendOnce(again);
  }
}

async function sendOnce(request: Request): Promise<Response> {
  const { csrfToken } = sessionGuard;
  if (request.method !== "GET" && csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new NetworkError(error);
  }
  if (!response.ok) throw await refusalOf(response);
  return response;
}

export const shop = createClient<paths>({ fetch: send, headers: { Accept: "application/json" } });

/** The body of an answer: `send` has thrown every refusal. */
export async function answer<T>(asked: Promise<{ data?: T }>): Promise<T> {
  return (await asked).data as T;
}
