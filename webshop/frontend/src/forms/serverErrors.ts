import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

import { isRefusal } from "../api/http";

/**
 * Puts the shop's refusals of single fields at these fields, and the focus on the first of them;
 * returns whether there were any. Pointers are the API's ("/address/city"), whose last parts are
 * the names that the forms use too.
 */
export function showServerErrors<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  error: unknown,
): boolean {
  if (!isRefusal(error)) return false;
  const known = Object.keys(form.getValues());
  if (error.kind === "password-refused") {
    const name = known.includes("new") ? "new" : "password";
    form.setError(name as Path<Values>, { type: "server", message: "easy_password" }, { shouldFocus: true });
    return true;
  }
  const refused = (error.problem.errors ?? [])
    .map(({ pointer }) => pointer.split("/").pop() ?? "")
    .filter((name) => known.includes(name));
  refused.forEach((name, index) => {
    form.setError(name as Path<Values>, { type: "server", message: "refused" }, { shouldFocus: index === 0 });
  });
  return refused.length > 0;
}
