import { isRefusal } from "../api/http";
import { ProblemAlert } from "../problems/ProblemAlert";
import type { Meanings } from "../problems/problemText";

/** A refused password is shown at its field. */
const isAtAField = (error: Error) => isRefusal(error) && error.kind === "password-refused";

interface Props {
  error: Error | null;
  /** What problems of these kinds mean on this page. */
  meanings?: Meanings;
}

/** Why the form was not taken, above its button. */
export function FormProblem({ error, meanings = {} }: Props) {
  return error && !isAtAField(error) && <ProblemAlert error={error} meanings={meanings} />;
}
