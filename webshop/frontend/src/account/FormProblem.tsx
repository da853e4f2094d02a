import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { ApiError, isRefusal } from "../api/http";

/** A refused password is told at its field. */
const isAtAField = (error: Error) => isRefusal(error) && error.kind === "password-refused";

interface Props {
  error: Error | null;
  /** What refusals of these kinds mean on this page. */
  meanings?: Record<string, string>;
}

/** Why the form was not taken, above its button. */
export function FormProblem({ error, meanings = {} }: Props) {
  const { t } = useTranslation("account");
  const { t: tCommon } = useTranslation();
  if (!error || isAtAField(error)) return null;

  function text(problem: Error) {
    if (!isRefusal(problem)) return t("errors.network");
    if (problem.status === 429) return waiting(problem);
    return meanings[problem.kind] ?? t("errors.refused");
  }

  function waiting({ retryAfter }: ApiError) {
    return retryAfter ? t("login.wait", { count: retryAfter }) : tCommon("errors.too_many");
  }

  return (
    <Alert color="garnet" role="alert">
      {text(error)}
    </Alert>
  );
}
