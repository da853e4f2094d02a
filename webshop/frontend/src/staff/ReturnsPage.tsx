import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { acceptReturn, listReturns, receiveReturn, refuseReturn } from "../api/staff";
import type { StaffReturnRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { optionalText } from "../forms/rules";
import { TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { Page } from "../layout/Page";
import badges from "../order/StatusBadge.module.css";
import { ActionDialog } from "./ActionDialog";
import { PagedTable } from "./DataTable";
import { Filters, useFilters } from "./Filters";
import styles from "./Staff.module.css";

const STATUSES = ["requested", "accepted", "received", "refused"] as const;
type Step = "accept" | "refuse" | "receive";

/** What can be done with a return next. */
const STEPS: Record<StaffReturnRecord["status"], Step[]> = {
  requested: ["accept", "refuse"],
  accepted: ["receive"],
  refused: [],
  received: [],
};

export default function ReturnsPage() {
  const { t } = useTranslation("staff");
  const { t: tOrder } = useTranslation("order");
  const { moment } = useFormat();
  const filters = useFilters(STATUSES);
  const [asking, setAsking] = useState<{ step: Step; wanted: StaffReturnRecord } | null>(null);
  const { status } = filters;
  return (
    <Page title={t("places.returns")}>
      <div className={styles.top}>
        <h1>{t("places.returns")}</h1>
        <Filters
          filters={filters}
          statuses={STATUSES.map((value) => ({ value, label: tOrder(`return_status.${value}`) }))}
        />
      </div>
      <PagedTable
        queryKey={["staff", "returns", status]}
        load={(after, signal) => listReturns({ status, after }, signal)}
        caption={t("places.returns")}
        rowKey={({ return_id }) => return_id}
        columns={[
          {
            label: tOrder("number"),
            cell: (wanted) => <Link to={`/staff/orders/${wanted.order_id}`}>{wanted.order_number}</Link>,
          },
          { label: t("returns.date"), cell: ({ requested_at }) => moment(requested_at) },
          {
            label: t("returns.units"),
            cell: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
          },
          { label: t("reason"), cell: ({ reason }) => reason },
          {
            label: t("status"),
            cell: (wanted) => (
              <span className={badges.badge} data-status={wanted.status}>
                {tOrder(`return_status.${wanted.status}`)}
              </span>
            ),
          },
          {
            label: t("returns.next"),
            cell: (wanted) => (
              <span className={styles.buttons}>
                {STEPS[wanted.status].map((step) => (
                  <Button
                    key={step}
                    size="compact-sm"
                    variant="default"
                    onClick={() => {
                      setAsking({ step, wanted });
                    }}
                  >
                    {t(`returns.${step}`)}
                  </Button>
                ))}
              </span>
            ),
          },
        ]}
      />
      <StepDialogs
        asking={asking}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Page>
  );
}

const decision = z.object({ note: optionalText(200) });
const receipt = z.object({ restock: z.boolean() });

interface StepProps {
  asking: { step: Step; wanted: StaffReturnRecord } | null;
  onClose: () => void;
}

function StepDialogs({ asking, onClose }: StepProps) {
  const { t } = useTranslation("staff");
  const id = asking?.wanted.return_id ?? "";
  const decisions = { accept: acceptReturn, refuse: refuseReturn };
  return (
    <>
      {(["accept", "refuse"] as const).map((step) => (
        <ActionDialog
          key={step}
          open={asking?.step === step}
          title={t(`returns.${step}_title`)}
          schema={decision}
          defaults={{ note: "" }}
          send={({ note }, key) => decisions[step](id, note ? { note } : {}, key)}
          action={t(`returns.${step}`)}
          done={t(`returns.${step}_done`)}
          danger={step === "refuse"}
          onClose={onClose}
        >
          <TextField name="note" label={t("note")} />
        </ActionDialog>
      ))}
      <ActionDialog
        open={asking?.step === "receive"}
        title={t("returns.receive_title")}
        schema={receipt}
        defaults={{ restock: true }}
        send={(body, key) => receiveReturn(id, body, key)}
        action={t("returns.receive")}
        done={t("returns.receive_done")}
        onClose={onClose}
      >
        <p>{t("returns.receive_text")}</p>
        <PutBack />
      </ActionDialog>
    </>
  );
}

function PutBack() {
  const { t } = useTranslation("staff");
  const { register } = useFormContext();
  return <Checkbox label={t("put_back")} {...register("restock")} />;
}
