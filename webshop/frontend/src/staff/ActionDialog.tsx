import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { type DefaultValues, type FieldValues, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { Form } from "../forms/Form";
import forms from "../forms/Form.module.css";
import type { z } from "../forms/zod";
import { Dialog } from "../layout/Dialog";
import { ProblemAlert } from "../problems/ProblemAlert";
import { useAction } from "./useAction";

interface FormProps<Input extends FieldValues, Output> {
  schema: z.ZodType<Output, Input>;
  defaults: DefaultValues<Input>;
  send: (values: Output, key: string) => Promise<unknown>;
  /** What the button says, and the notification once it is done. */
  action: string;
  done: string;
  danger?: boolean;
  onClose: () => void;
  /** The fields, by their names in the schema. */
  children: ReactNode;
}

interface Props<Input extends FieldValues, Output> extends FormProps<Input, Output> {
  open: boolean;
  title: string;
  side?: boolean;
}

/** A change by staff as a form in a dialog: it closes when the shop has taken it. */
export function ActionDialog<Input extends FieldValues, Output>({
  open,
  title,
  side,
  ...form
}: Props<Input, Output>) {
  return (
    <Dialog open={open} title={title} onClose={form.onClose} {...(side ? { side } : {})}>
      <ActionForm {...form} />
    </Dialog>
  );
}

function ActionForm<Input extends FieldValues, Output>(props: FormProps<Input, Output>) {
  const { schema, defaults, send, action, done, danger = false, onClose, children } = props;
  const { t: tCommon } = useTranslation();
  const form = useForm<Input, unknown, Output>({ resolver: zodResolver(schema), defaultValues: defaults });
  const change = useAction(send, done);

  return (
    <Form
      form={form}
      onValid={(values, atFields) => {
        change.mutate(values, { onSuccess: onClose, ...atFields });
      }}
    >
      {children}
      <ProblemAlert error={change.error} />
      <div className={forms.actions}>
        <Button variant="default" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" color={danger ? "garnet" : "fir"} loading={change.isPending}>
          {action}
        </Button>
      </div>
    </Form>
  );
}
