import { Alert, Button } from "@mantine/core";
import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ErrorBoundary, type FallbackProps } from "react-error-boundary";
import { useTranslation } from "react-i18next";

import { ApiError, NetworkError } from "../api/http";
import styles from "./AreaBoundary.module.css";

export function ErrorNote({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const text =
    error instanceof NetworkError
      ? t("errors.network")
      : error instanceof ApiError
        ? t("errors.server")
        : t("errors.unexpected");
  return (
    <Alert
      color="garnet"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("errors.area_title")}
      role="alert"
    >
      <p className={styles.text}>{text}</p>
      <Button size="xs" variant="default" onClick={onRetry}>
        {t("retry")}
      </Button>
    </Alert>
  );
}

function Fallback({ error, resetErrorBoundary }: FallbackProps) {
  return (
    <ErrorNote
      error={error}
      onRetry={() => {
        resetErrorBoundary();
      }}
    />
  );
}

/** Keeps a failure inside one area of the page; what is around it goes on working. */
export function AreaBoundary({ children, resetKey }: { children: ReactNode; resetKey?: string }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <ErrorBoundary FallbackComponent={Fallback} onReset={reset} resetKeys={[resetKey]}>
          {children}
        </ErrorBoundary>
      )}
    </QueryErrorResetBoundary>
  );
}
