import "../i18n/areas/account";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { IconLinkOff, IconLockCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { resetPassword } from "../api/account";
import { isRefusal } from "../api/http";
import { Form } from "../forms/Form";
import { newPassword } from "../forms/rules";
import { PasswordField } from "../forms/TextField";
import { z } from "../forms/zod";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { AuthPage } from "./AuthPage";
import { FormProblem } from "./FormProblem";

const schema = z.object({ password: newPassword });

export default function ResetPage() {
  const { t } = useTranslation("account");
  const [params] = useSearchParams();
  const token = params.get("token") ?? "";
  const send = useMutation({ mutationFn: (password: string) => resetPassword(token, password) });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { password: "" },
    mode: "onTouched",
  });
  const dead = isRefusal(send.error) && send.error.kind === "link-invalid";

  if (send.isSuccess || dead || !token) {
    const outcome = send.isSuccess ? "done" : "failed";
    return (
      <Page title={t("reset.title")}>
        <EmptyNote
          asHeading
          icon={send.isSuccess ? <IconLockCheck size={36} stroke={1.5} /> : <IconLinkOff size={36} stroke={1.5} />}
          title={t(`reset.${outcome}_title`)}
          text={t(`reset.${outcome}_text`)}
          action={
            <Button component={Link} to={send.isSuccess ? "/login" : "/forgot"}>
              {t(send.isSuccess ? "login.title" : "reset.again")}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <AuthPage title={t("reset.title")}>
      <Form
        form={form}
        onValid={({ password }, atFields) => {
          send.mutate(password, atFields);
        }}
      >
        <PasswordField
          name="password"
          autoComplete="new-password"
          label={t("new_password")}
          description={t("password_hint")}
        />
        <FormProblem error={send.error} />
        <Button type="submit" size="md" fullWidth loading={send.isPending}>
          {t("reset.submit")}
        </Button>
      </Form>
    </AuthPage>
  );
}
