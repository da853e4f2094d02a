import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { listFailedMails, retryMail } from "../api/staff";
import type { FailedMailRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { Page } from "../layout/Page";
import { ProblemAlert } from "../problems/ProblemAlert";
import { PagedTable } from "./DataTable";
import styles from "./Staff.module.css";
import { useAction } from "./useAction";
import { wording } from "./wording";

/** Mails that could not be delivered, and why; each may be tried again. */
export default function MailsPage() {
  const { t } = useTranslation("staff");
  const { moment } = useFormat();
  return (
    <Page title={t("places.mails")}>
      <div className={styles.top}>
        <h1>{t("places.mails")}</h1>
      </div>
      <PagedTable
        queryKey={["staff", "mails"]}
        load={(after, signal) => listFailedMails({ after }, signal)}
        caption={t("places.mails")}
        rowKey={({ mail_id }) => mail_id}
        columns={[
          { label: t("mails.when"), cell: ({ failed_at }) => moment(failed_at) },
          { label: t("mails.recipient"), cell: ({ recipient }) => recipient },
          { label: t("mails.mail"), cell: ({ template }) => wording(t, "mails", template) },
          { label: t("mails.why"), cell: ({ last_error }) => last_error },
          { label: t("mails.next"), cell: (mail) => <Retry mail={mail} /> },
        ]}
      />
    </Page>
  );
}

function Retry({ mail }: { mail: FailedMailRecord }) {
  const { t } = useTranslation("staff");
  const retry = useAction(({ mail_id }: FailedMailRecord, key) => retryMail(mail_id, key), t("mails.retried"));
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("mails.retry_of", { email: mail.recipient })}
        loading={retry.isPending}
        onClick={() => {
          retry.mutate(mail);
        }}
      >
        {t("mails.retry")}
      </Button>
      {retry.error && <ProblemAlert error={retry.error} />}
    </>
  );
}
