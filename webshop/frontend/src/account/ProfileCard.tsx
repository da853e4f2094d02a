import { zodResolver } from "@hookform/resolvers/zod";
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { changeAccount } from "../api/account";
import type { Account } from "../api/schema";
import { Form } from "../forms/Form";
import { personName } from "../forms/rules";
import { TextField } from "../forms/TextField";
import { z } from "../forms/zod";
import { LANGUAGES } from "../i18n/languages";
import { useNotify } from "../layout/useNotify";
import { sessionQuery } from "../session/useSession";
import styles from "./Account.module.css";
import { FormProblem } from "./FormProblem";

export function ProfileCard({ account }: { account: Account }) {
  const { t } = useTranslation("account");
  const { t: tCommon } = useTranslation();
  const client = useQueryClient();
  const notify = useNotify();
  const save = useMutation({
    mutationFn: changeAccount,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notify(t("me.profile_saved"));
    },
  });
  const { name, language } = account;
  // A name of before today's rule may stay.
  const schema = z.object({ name: z.literal(name).or(personName), language: z.enum(LANGUAGES) });
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name, language } });
  return (
    <section className={styles.card} aria-labelledby="profile">
      <h2 id="profile">{t("me.profile")}</h2>
      <Form
        form={form}
        onValid={(values, atFields) => {
          save.mutate({ ...values, name: values.name === name ? undefined : values.name }, atFields);
        }}
      >
        <TextField name="name" autoComplete="name" label={t("name")} required />
        <NativeSelect
          size="md"
          label={t("language")}
          data={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
          {...form.register("language")}
        />
        <FormProblem error={save.error} />
        <Button type="submit" variant="default" loading={save.isPending}>
          {tCommon("save")}
        </Button>
      </Form>
    </section>
  );
}
