import "../i18n/areas/account";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useSearchParams } from "react-router";

import { isRefusal } from "../api/http";
import { Form } from "../forms/Form";
import { emailAddress } from "../forms/rules";
import { PasswordField, TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { setLanguage } from "../i18n";
import { chosenLanguage } from "../i18n/chosenLanguage";
import { useLogIn, useSession } from "../session/useSession";
import styles from "./Account.module.css";
import { AuthPage } from "./AuthPage";
import { FormProblem } from "./FormProblem";
import { placeToGo } from "./placeToGo";

const schema = z.object({
  email: emailAddress,
  password: z.string().min(1, "required"),
  /** Of the second factor; "" until the shop has asked for it. */
  code: z.string().trim(),
});

export default function LoginPage() {
  const { t } = useTranslation("account");
  const [params] = useSearchParams();
  const { account } = useSession();
  const logIn = useLogIn();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: "", password: "", code: "" } });
  const [asksForCode, setAsksForCode] = useState(false);

  function send(values: z.output<typeof schema>) {
    logIn.mutate(values, {
      onSuccess: (session) => {
        if (session.account && !chosenLanguage()) void setLanguage(session.account.language);
      },
      onError: (error) => {
        const ofCode = isRefusal(error) && ["code-required", "code-wrong"].includes(error.kind);
        if (ofCode) setAsksForCode(true);
        const wrong = ofCode ? "code" : "password";
        form.resetField(wrong);
        // Once a field that was not there is.
        setTimeout(() => {
          form.setFocus(wrong);
        });
      },
    });
  }

  if (account) return <Navigate to={placeToGo(params.get("next"))} replace />;
  return (
    <AuthPage title={t("login.title")} text={t("login.text")}>
      <Form form={form} onValid={send}>
        <TextField name="email" type="email" autoComplete="username" label={t("email")} required />
        <PasswordField name="password" autoComplete="current-password" label={t("password")} />
        {asksForCode && (
          <TextField
            name="code"
            label={t("second_factor.code_or_recovery")}
            autoComplete="one-time-code"
            required
          />
        )}
        <FormProblem error={logIn.error} />
        <Button type="submit" size="md" fullWidth loading={logIn.isPending}>
          {t("login.submit")}
        </Button>
        <Link to="/forgot" className={styles.aside}>
          {t("login.forgot")}
        </Link>
      </Form>
      <p className={styles.more}>
        {t("login.no_account")} <Link to="/register">{t("login.register")}</Link>
      </p>
    </AuthPage>
  );
}
