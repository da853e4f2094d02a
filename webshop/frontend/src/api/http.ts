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

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `The shop answered with status ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
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

async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return { status: response.status, title: response.statusText };
  return (await response.json()) as Problem;
}

/** Sends one request; throws ApiError on a refusal and NetworkError when no answer came. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = "GET", body, headers = {}, signal, keepalive = false } = options;
  const sent: Record<string, string> = { Accept: "application/json", ...headers };
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
  if (!response.ok) throw new ApiError(response.status, await problemOf(response));
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** "?q=bol&limit=24" from the entries that have a value; "" when none has. */
export function query(entries: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}
