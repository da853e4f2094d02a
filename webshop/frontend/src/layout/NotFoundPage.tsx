import { Button } from "@mantine/core";
import { IconMapSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyNote } from "./EmptyNote";
import { Page } from "./Page";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("not_found.title")}>
      <EmptyNote
        asHeading
        icon={<IconMapSearch size={36} stroke={1.5} />}
        title={t("not_found.title")}
        text={t("not_found.text")}
        action={
          <Button component={Link} to="/">
            {t("not_found.back")}
          </Button>
        }
      />
    </Page>
  );
}
