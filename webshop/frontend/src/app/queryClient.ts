import { QueryClient } from "@tanstack/react-query";

import { isRefusal, sessionGuard } from "../api/http";
import { sessionQuery } from "../session/useSession";

const MAX_RETRIES = 2;

/** A refusal (4xx) will be refused again; only a silent or a failing shop is asked again. */
function shouldRetry(failures: number, error: unknown): boolean {
  return !isRefusal(error) && failures < MAX_RETRIES;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: shouldRetry, staleTime: 10_000 }, mutations: { retry: false } },
});

sessionGuard.renew = () => queryClient.query({ ...sessionQuery, staleTime: 0 });
