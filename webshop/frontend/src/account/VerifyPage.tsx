import "../i18n/areas/account";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { IconLinkOff, IconMailCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { verifyAccount } from "../api/account";
import { isRefusal } from "../api/http";
import { Form } from "../forms/Form";
import { PasswordField } from "../forms/TextField";
import { z } from "../forms/zod";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import { AuthPage } from "./AuthPage";
import { FormProblem } from "./FormProblem";

const schema = z.object({ password: z.string().min(1, "required") });

/** Anyone who opens a mailed link also knows the password of the registration, or it opens nothing. */
export default function VerifyPage() {
  const { t } = useTranslation("account");
  const [params] = useSearchParams();
  const token = params.get("token") ?? "";
  const send = useMutation({ mutationFn: (password: string) => verifyAccount(token, password) });
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { password: "" } });
  const dead = isRefusal(send.error) && send.error.kind === "link-invalid";

  if (send.isSuccess || dead || !token) {
    const outcome = send.isSuccess ? "done" : "failed";
    return (
      <Page title={t("verify.title")}>
        <EmptyNote
          asHeading
          icon={send.isSuccess ? <IconMailCheck size={36} stroke={1.5} /> : <IconLinkOff size={36} stroke={1.5} />}
          title={t(`verify.${outcome}_title`)}
          text={t(`verify.${outcome}_text`)}
          action={
            <Button component={Link} to="/login">
              {t("login.title")}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <AuthPage title={t("verify.title")} text={t("verify.text")}>
      <Form
        form={form}
        onValid={({ password }, atFields) => {
          send.mutate(password, atFields);
        }}
      >
        <PasswordField name="password" autoComplete="current-password" label={t("password")} />
        <FormProblem error={send.error} />
        <Button type="submit" size="md" fullWidth loading={send.isPending}>
          {t("verify.submit")}
        </Button>
      </Form>
    </AuthPage>
  );
}
