import { useTranslation } from "react-i18next";

import { listAudit } from "../api/staff";
import type { AuditRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { Page } from "../layout/Page";
import { actorName } from "./actorName";
import { changedFields } from "./changedFields";
import { PagedTable } from "./DataTable";
import styles from "./Staff.module.css";
import { subjectText, wording } from "./wording";

/** What staff changed, by whom, and how it looked before and after. */
export default function AuditPage() {
  const { t } = useTranslation("staff");
  const { moment } = useFormat();
  return (
    <Page title={t("places.audit")}>
      <div className={styles.top}>
        <h1>{t("places.audit")}</h1>
      </div>
      <PagedTable
        queryKey={["staff", "audit"]}
        load={(after, signal) => listAudit({ after }, signal)}
        caption={t("places.audit")}
        rowKey={({ entry }) => String(entry)}
        columns={[
          { label: t("audit.when"), cell: ({ at }) => moment(at) },
          { label: t("audit.who"), cell: ({ actor }) => actorName(t, actor) },
          { label: t("audit.what"), cell: ({ action }) => wording(t, "actions", action) },
          { label: t("audit.subject"), cell: ({ subject }) => subjectText(t, subject) },
          { label: t("audit.change"), cell: (entry) => <Changes entry={entry} /> },
        ]}
      />
    </Page>
  );
}

/** Fields whose values are codes; what the others hold is somebody's own words or a number. */
const CODED = ["status", "role", "kind", "active", "restock", "once_per_customer"];

function Changes({ entry }: { entry: AuditRecord }) {
  const { t } = useTranslation("staff");
  const value = (field: string, text: string) => (CODED.includes(field) ? wording(t, "values", text) : text);
  return (
    <ul className={styles.changes}>
      {changedFields(entry.before, entry.after).map(({ field, before, after }) => (
        <li key={field}>
          {t("audit.field", { field: wording(t, "fields", field) })} {value(field, before)} →{" "}
          {value(field, after)}
        </li>
      ))}
    </ul>
  );
}
