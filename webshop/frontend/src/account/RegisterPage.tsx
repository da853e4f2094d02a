import "../i18n/areas/account";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { register } from "../api/account";
import { useFormat } from "../format/useFormat";
import { Form } from "../forms/Form";
import { emailAddress, newPassword, personName } from "../forms/rules";
import { PasswordField, TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { EmptyNote } from "../layout/EmptyNote";
import { Page } from "../layout/Page";
import styles from "./Account.module.css";
import { AuthPage } from "./AuthPage";
import { FormProblem } from "./FormProblem";

const schema = z.object({ name: personName, email: emailAddress, password: newPassword });

export default function RegisterPage() {
  const { t } = useTranslation("account");
  const { language } = useFormat();
  const send = useMutation({ mutationFn: register });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: "", email: "", password: "" },
    mode: "onTouched",
  });

  if (send.isSuccess) {
    return (
      <Page title={t("register.done_title")}>
        <EmptyNote
          asHeading
          icon={<IconMail size={36} stroke={1.5} />}
          title={t("register.done_title")}
          text={t("register.done_text", { email: send.variables.email })}
        />
      </Page>
    );
  }
  return (
    <AuthPage title={t("register.title")} text={t("register.text")}>
      <Form
        form={form}
        onValid={(values, atFields) => {
          send.mutate({ ...values, language }, atFields);
        }}
      >
        <TextField name="name" autoComplete="name" label={t("name")} required />
        <TextField name="email" type="email" autoComplete="email" label={t("email")} required />
        <PasswordField
          name="password"
          autoComplete="new-password"
          label={t("password")}
          description={t("password_hint")}
        />
        <FormProblem error={send.error} />
        <Button type="submit" size="md" fullWidth loading={send.isPending}>
          {t("register.submit")}
        </Button>
      </Form>
      <p className={styles.more}>
        {t("register.have_account")} <Link to="/login">{t("login.title")}</Link>
      </p>
    </AuthPage>
  );
}
