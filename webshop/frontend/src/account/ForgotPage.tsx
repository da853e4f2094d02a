import "../i18n/areas/account";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { askPasswordReset } from "../api/account";
import { Form } from "../forms/Form";
import { emailAddress } from "../forms/rules";
import { TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { AuthPage } from "./AuthPage";
import { FormProblem } from "./FormProblem";

const schema = z.object({ email: emailAddress });

export default function ForgotPage() {
  const { t } = useTranslation("account");
  const send = useMutation({ mutationFn: askPasswordReset });
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: "" } });

  if (send.isSuccess) {
    return (
      <Page title={t("forgot.done_title")}>
        <EmptyNote
          asHeading
          icon={<IconMail size={36} stroke={1.5} />}
          title={t("forgot.done_title")}
          text={t("forgot.done_text", { email: send.variables })}
        />
      </Page>
    );
  }
  return (
    <AuthPage title={t("forgot.title")} text={t("forgot.text")}>
      <Form
        form={form}
        onValid={({ email }, atFields) => {
          send.mutate(email, atFields);
        }}
      >
        <TextField name="email" type="email" autoComplete="email" label={t("email")} required />
        <FormProblem error={send.error} />
        <Button type="submit" size="md" fullWidth loading={send.isPending}>
          {t("forgot.submit")}
        </Button>
      </Form>
    </AuthPage>
  );
}
