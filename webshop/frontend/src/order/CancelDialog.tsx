import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { OrderRecord } from "../api/schema";
import forms from "../forms/Form.module.css";
import { Dialog } from "../layout/Dialog";
import { useNotify } from "../layout/useNotify";
import { ProblemAlert } from "../problems/ProblemAlert";
import { useCancel } from "./useOrder";

interface Props {
  order: OrderRecord;
  open: boolean;
  onClose: () => void;
}

export function CancelDialog({ order, open, onClose }: Props) {
  const { t } = useTranslation("order");
  const [reason, setReason] = useState("");
  const cancel = useCancel(order.order_id);
  const notify = useNotify();
  return (
    <Dialog open={open} title={t("cancel.title")} onClose={onClose}>
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          cancel.mutate(reason.trim(), {
            onSuccess: () => {
              onClose();
              notify(t("cancel.done"));
            },
          });
        }}
      >
        <p className={forms.text}>{t(order.status === "paid" ? "cancel.text_paid" : "cancel.text_unpaid")}</p>
        <Textarea
          label={t("cancel.reason")}
          maxLength={200}
          rows={3}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <ProblemAlert error={cancel.error} />
        <div className={forms.actions}>
          <Button variant="default" onClick={onClose}>
            {t("cancel.keep")}
          </Button>
          <Button type="submit" color="garnet" loading={cancel.isPending}>
            {t("cancel.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
