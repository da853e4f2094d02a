import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { AttemptKey } from "../forms/attemptKey";
import { useNotify } from "../layout/useNotify";

/**
 * A change by staff: sent under one key until it is answered, confirmed by a notification, and
 * whatever the staff's pages show is read again.
 */
export function useAction<Values>(send: (values: Values, key: string) => Promise<unknown>, done: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const [attempt] = useState(() => new AttemptKey());
  return useMutation({
    mutationFn: (values: Values) => attempt.run(values, (key) => send(values, key)),
    onSuccess: () => {
      notify(done);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["staff"] }),
  });
}
