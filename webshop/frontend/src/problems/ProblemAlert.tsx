import "../i18n/areas/problems";

import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type Meanings, problemText } from "./problemText";

interface Props {
  error: Error | null;
  meanings?: Meanings;
}

/** Why what the visitor has asked for did not work; nothing while it did. */
export function ProblemAlert({ error, meanings }: Props) {
  const { t } = useTranslation("problems");
  if (!error) return null;
  return (
    <Alert color="garnet" role="alert">
      {problemText(t, error, meanings)}
    </Alert>
  );
}
