import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { OrderRecord } from "../api/schema";
import { Form } from "../forms/Form";
import forms from "../forms/Form.module.css";
import { requiredText } from "../forms/rules";
import { TextAreaField } from "../forms/TextField";
import { z } from "../forms/zod";
import { Dialog } from "../layout/Dialog";
import { useNotify } from "../layout/useNotify";
import { ProblemAlert } from "../problems/ProblemAlert";
import { chosenLines, LineQuantities, unitsOfLines } from "./LineQuantities";
import { useRequestReturn } from "./useOrder";

const schema = z.object({
  quantities: unitsOfLines,
  reason: requiredText(200),
});

interface Props {
  order: OrderRecord;
  open: boolean;
  onClose: () => void;
}

export function ReturnDialog({ order, open, onClose }: Props) {
  const { t } = useTranslation("order");
  return (
    <Dialog open={open} title={t("return.title")} onClose={onClose}>
      <ReturnForm order={order} onClose={onClose} />
    </Dialog>
  );
}

function ReturnForm({ order, onClose }: Omit<Props, "open">) {
  const { t } = useTranslation("order");
  const { t: tCommon } = useTranslation();
  const request = useRequestReturn(order.order_id);
  const notify = useNotify();
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: { quantities: order.lines.map(() => "0"), reason: "" },
  });

  function send({ quantities, reason }: z.output<typeof schema>) {
    const lines = chosenLines(order, quantities);
    request.mutate(
      { lines, reason },
      {
        onSuccess: () => {
          onClose();
          notify(t("return.done"));
        },
      },
    );
  }

  return (
    <Form form={form} onValid={send}>
      <p className={forms.text}>{t("return.text")}</p>
      <LineQuantities order={order} />
      <TextAreaField name="reason" label={t("return.reason")} required />
      <ProblemAlert error={request.error} />
      <div className={forms.actions}>
        <Button variant="default" onClick={onClose}>
          {tCommon("close")}
        </Button>
        <Button type="submit" loading={request.isPending}>
          {t("return.confirm")}
        </Button>
      </div>
    </Form>
  );
}
