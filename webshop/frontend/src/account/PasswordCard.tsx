import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { changePassword } from "../api/account";
import { Form } from "../forms/Form";
import { newPassword } from "../forms/rules";
import { PasswordField } from "../forms/TextField";
import { z } from "../forms/zod";
import { useNotify } from "../layout/useNotify";
import { sessionQuery } from "../session/useSession";
import styles from "./Account.module.css";
import { FormProblem } from "./FormProblem";
import { PresentPassword } from "./PresentPassword";

const schema = z.object({ current: z.string().min(1, "required"), new: newPassword });

export function PasswordCard({ email }: { email: string }) {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const notify = useNotify();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { current: "", new: "" } });
  const change = useMutation({
    mutationFn: (values: z.output<typeof schema>) => changePassword(values.current, values.new),
    onSuccess: (session) => {
      form.reset();
      client.setQueryData(sessionQuery.queryKey, session);
      notify(t("me.password_saved"));
    },
  });
  return (
    <section className={styles.card} aria-labelledby="password">
      <h2 id="password">{t("me.password_title")}</h2>
      <Form form={form} onValid={change.mutate}>
        <PresentPassword name="current" email={email} />
        <PasswordField
          name="new"
          autoComplete="new-password"
          label={t("new_password")}
          description={t("password_hint")}
        />
        <FormProblem
          error={change.error}
          meanings={{
            "login-failed": t("me.password_wrong"),
          }}
        />
        <Button type="submit" variant="default" loading={change.isPending}>
          {t("me.password_submit")}
        </Button>
      </Form>
    </section>
  );
}
