import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { deleteAccount } from "../api/account";
import { Form } from "../forms/Form";
import forms from "../forms/Form.module.css";
import { z } from "../forms/zod";
import { Dialog } from "../layout/Dialog";
import { useNotify } from "../layout/useNotify";
import { forgetAccount } from "../session/useSession";
import styles from "./Account.module.css";
import { FormProblem } from "./FormProblem";
import { PresentPassword } from "./PresentPassword";

const schema = z.object({ password: z.string().min(1, "required") });

export function DeleteCard({ email }: { email: string }) {
  const { t } = useTranslation("account");
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  return (
    <section className={styles.card} aria-labelledby="delete">
      <h2 id="delete">{t("delete.title")}</h2>
      <p className={forms.text}>{t("delete.text")}</p>
      <Button
        variant="default"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("delete.title")}
      </Button>
      <Dialog open={asking} title={t("delete.confirm_title")} onClose={close}>
        <DeleteForm email={email} onClose={close} />
      </Dialog>
    </section>
  );
}

function DeleteForm({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useTranslation("account");
  const { t: tCommon } = useTranslation();
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: deleteAccount,
    onSuccess: () => {
      notify(t("delete.done"));
      void navigate("/");
      forgetAccount(client);
    },
  });
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { password: "" } });

  return (
    <Form
      form={form}
      onValid={({ password }) => {
        send.mutate(password);
      }}
    >
      <p className={forms.text}>{t("delete.confirm_text")}</p>
      <PresentPassword name="password" email={email} />
      <FormProblem error={send.error} meanings={{ "login-failed": t("delete.password_wrong") }} />
      <div className={forms.actions}>
        <Button variant="default" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" color="garnet" loading={send.isPending}>
          {t("delete.confirm")}
        </Button>
      </div>
    </Form>
  );
}
