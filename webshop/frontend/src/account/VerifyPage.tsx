import "../i18n/areas/account";

import { Button } from "@mantine/core";
import { IconLinkOff, IconMailCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { verifyAccount } from "../api/account";
import { isRefusal } from "../api/http";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { PageLoading } from "../layout/PageLoading";

export default function VerifyPage() {
  const { t } = useTranslation("account");
  const [params] = useSearchParams();
  const token = params.get("token") ?? "";
  // A query, because a token counts once and its outcome must survive a second rendering.
  const verified = useQuery({
    queryKey: ["verify", token],
    queryFn: async () => {
      await verifyAccount(token);
      return true;
    },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const outcome = verified.isSuccess ? "done" : "failed";

  function content() {
    if (verified.isPending) return <PageLoading />;
    if (verified.isError && !isRefusal(verified.error)) {
      return <ErrorNote error={verified.error} onRetry={() => void verified.refetch()} />;
    }
    return (
      <EmptyNote
        asHeading
        icon={verified.isSuccess ? <IconMailCheck size={36} stroke={1.5} /> : <IconLinkOff size={36} stroke={1.5} />}
        title={t(`verify.${outcome}_title`)}
        text={t(`verify.${outcome}_text`)}
        action={
          <Button component={Link} to="/login">
            {t("login.title")}
          </Button>
        }
      />
    );
  }
  return <Page title={t("verify.title")}>{content()}</Page>;
}
