import { useTranslation } from "react-i18next";

import { PasswordField } from "../forms/TextField";

/** Asks for the password of the account that is logged in; tells password managers whose it is. */
export function PresentPassword({ name, email }: { name: string; email: string }) {
  const { t } = useTranslation("account");
  return (
    <>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name={name} autoComplete="current-password" label={t("current_password")} />
    </>
  );
}
