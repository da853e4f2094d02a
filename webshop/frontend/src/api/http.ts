/** The one way in which the front speaks with the shop: JSON over /api/v1, errors as problem details. */

const BASE = "/api/v1";

/** RFC 9457 problem details, as the shop sends them. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  /** The fields that were refused, each by its JSON pointer, with the reason. */
  errors?: { pointer: string; detail: string }[];
  /** The products that lack units, when stock is why the request was refused. */
  shortages?: { sku: string; requested: number; available: number }[];
}

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

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Lets the request finish when the page is left. */
  keepalive?: boolean;
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
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  try {
    return await send<T>(path, options);
  } catch (error) {
    if (!(error instanceof ApiError) || path === "/session") throw error;
    const outdated = error.status === 403 && error.kind === "csrf";
    if (!outdated && error.status !== 401) throw error;
    await sessionGuard.renew();
    if (!outdated) throw error;
    return send<T>(path, options);
  }
}

async function send<T>(path: string, options: RequestOptions): Promise<T> {
  const { method = "GET", body, headers = {}, signal, keepalive = false } = options;
  const sent: Record<string, string> = { Accept: "application/json", ...headers };
  if (method !== "GET" && sessionGuard.csrfToken) sent["X-CSRF-Token"] = sessionGuard.csrfToken;
  const init: RequestInit = { method, keepalive, headers: sent };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(BASE + path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NetworkError(error);
  }
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** "?q=bol&limit=24" from the entries that have a value (false is none); "" when none has. */
export function query(entries: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined && value !== null && value !== "" && value !== false) search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}
