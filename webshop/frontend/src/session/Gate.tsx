import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import type { Account, Role } from "../api/schema";
import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { PageLoading } from "../layout/PageLoading";
import { hasRole, useSession } from "./useSession";

interface Props {
  /** The least that the visitor must be. */
  atLeast: Role;
  children: (account: Account) => ReactNode;
}

/** Shows a page to those who may see it, and to others the way in. The API guards the data itself. */
export function Gate({ atLeast, children }: Props) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const session = useSession();
  const { account } = session;

  if (session.isPending) return <PageLoading />;
  if (session.isError && !session.data) {
    return (
      <Page title="ShopNow+" wide={false}>
        <ErrorNote error={session.error} onRetry={() => void session.refetch()} />
      </Page>
    );
  }
  if (account && hasRole(account, atLeast)) return children(account);
  const title = account ? t("gate.forbidden_title") : t("gate.title");
  const text = atLeast === "customer" ? t("gate.text_account") : t("gate.text");
  const next = new URLSearchParams({ next: pathname + search }).toString();
  return (
    <Page title={title}>
      <EmptyNote
        asHeading
        icon={<IconLock size={36} stroke={1.5} />}
        title={title}
        text={account ? t("gate.forbidden_text", { email: account.email }) : text}
        action={
          account ? (
            <Button component={Link} to="/">
              {t("not_found.back")}
            </Button>
          ) : (
            <Button component={Link} to={`/login?${next}`}>
              {t("gate.action")}
            </Button>
          )
        }
      />
    </Page>
  );
}
