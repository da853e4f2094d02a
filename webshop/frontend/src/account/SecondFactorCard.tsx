import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from "../api/account";
import type { Account } from "../api/schema";
import { Form } from "../forms/Form";
import forms from "../forms/Form.module.css";
import { TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { Dialog } from "../layout/Dialog";
import { useNotify } from "../layout/useNotify";
import { sessionQuery } from "../session/useSession";
import styles from "./Account.module.css";
import { FormProblem } from "./FormProblem";
import { PresentPassword } from "./PresentPassword";
import ownStyles from "./SecondFactorCard.module.css";

const QR_PX = 192;

const password = z.string().min(1, "required");
const code = z.string().trim().min(1, "required");

export function SecondFactorCard({ account }: { account: Account }) {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  // As it was when the dialog opened: news of the session must not take the recovery codes away.
  const [dialog, setDialog] = useState<"none" | "on" | "off">("none");
  const isOn = account.second_factor;
  const close = () => {
    setDialog("none");
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <section className={styles.card} aria-labelledby="second-factor">
      <h2 id="second-factor">{t("second_factor.title")}</h2>
      <p className={forms.text}>{isOn ? t("second_factor.on_text") : t("second_factor.off_text")}</p>
      <Button
        variant="default"
        onClick={() => {
          setDialog(isOn ? "off" : "on");
        }}
      >
        {isOn ? t("second_factor.turn_off") : t("second_factor.turn_on")}
      </Button>
      <Dialog open={dialog !== "none"} title={t("second_factor.title")} onClose={close}>
        {dialog === "on" && <TurnOn email={account.email} onDone={close} />}
        {dialog === "off" && <TurnOff email={account.email} onDone={close} />}
      </Dialog>
    </section>
  );
}

interface Props {
  email: string;
  onDone: () => void;
}

/** Password, then the app's first code, then the recovery codes. */
function TurnOn({ email, onDone }: Props) {
  const begin = useMutation({ mutationFn: beginSecondFactor });
  const confirm = useMutation({ mutationFn: confirmSecondFactor });
  if (confirm.data) return <RecoveryCodes codes={confirm.data} onDone={onDone} />;
  if (begin.data) return <FirstCode secret={begin.data.secret} address={begin.data.address} send={confirm} />;
  return <Password email={email} send={begin} />;
}

interface Sending {
  mutate: (value: string) => void;
  error: Error | null;
  isPending: boolean;
}

function Password({ email, send }: { email: string; send: Sending }) {
  const { t } = useTranslation("account");
  const form = useForm({ resolver: zodResolver(z.object({ password })), defaultValues: { password: "" } });
  return (
    <Form
      form={form}
      onValid={(values) => {
        send.mutate(values.password);
      }}
    >
      <p className={forms.text}>{t("second_factor.password_text")}</p>
      <PresentPassword name="password" email={email} />
      <FormProblem error={send.error} meanings={{ "login-failed": t("second_factor.password_wrong") }} />
      <div className={forms.actions}>
        <Button type="submit" loading={send.isPending}>
          {t("second_factor.continue")}
        </Button>
      </div>
    </Form>
  );
}

function FirstCode({ secret, address, send }: { secret: string; address: string; send: Sending }) {
  const { t } = useTranslation("account");
  const form = useForm({ resolver: zodResolver(z.object({ code })), defaultValues: { code: "" } });
  return (
    <Form
      form={form}
      onValid={(values) => {
        send.mutate(values.code);
      }}
    >
      <p className={forms.text}>{t("second_factor.scan")}</p>
      <div className={ownStyles.scan}>
        <QRCodeSVG value={address} size={QR_PX} title={t("second_factor.qr")} />
        <p className={forms.text}>{t("second_factor.by_hand")}</p>
        <p className={`${forms.text ?? ""} ${ownStyles.key ?? ""}`} data-testid="app-key">
          {secret.match(/.{1,4}/g)?.join(" ")}
        </p>
      </div>
      <TextField
        name="code"
        label={t("second_factor.code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
      />
      <FormProblem error={send.error} />
      <div className={forms.actions}>
        <Button type="submit" loading={send.isPending}>
          {t("second_factor.turn_on")}
        </Button>
      </div>
    </Form>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation("account");
  const notify = useNotify();
  return (
    <div className={forms.form}>
      <h3>{t("second_factor.recovery_title")}</h3>
      <p className={forms.text}>{t("second_factor.recovery_text")}</p>
      <ul className={ownStyles.codes} data-testid="recovery-codes">
        {codes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <div className={forms.actions}>
        <Button
          variant="default"
          onClick={() =>
            void navigator.clipboard.writeText(codes.join("\n")).then(() => {
              notify(t("second_factor.copied"));
            })
          }
        >
          {t("second_factor.copy")}
        </Button>
        <Button onClick={onDone}>{t("second_factor.kept")}</Button>
      </div>
    </div>
  );
}

function TurnOff({ email, onDone }: Props) {
  const { t } = useTranslation("account");
  const notify = useNotify();
  const send = useMutation({
    mutationFn: removeSecondFactor,
    onSuccess: () => {
      notify(t("second_factor.off_done"));
      onDone();
    },
  });
  const form = useForm({
    resolver: zodResolver(z.object({ password, code })),
    defaultValues: { password: "", code: "" },
  });
  return (
    <Form
      form={form}
      onValid={(values) => {
        send.mutate(values);
      }}
    >
      <PresentPassword name="password" email={email} />
      <TextField
        name="code"
        label={t("second_factor.code_or_recovery")}
        autoComplete="one-time-code"
        required
      />
      <FormProblem error={send.error} meanings={{ "login-failed": t("second_factor.password_wrong") }} />
      <div className={forms.actions}>
        <Button type="submit" color="garnet" loading={send.isPending}>
          {t("second_factor.turn_off")}
        </Button>
      </div>
    </Form>
  );
}
