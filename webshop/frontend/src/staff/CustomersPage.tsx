import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { changeRole, listCustomers, removeLostFactor } from "../api/staff";
import type { CustomerRecord } from "../api/schema";
import { useFormat } from "../format/useFormat";
import { z } from "../forms/zod";
import { Page } from "../layout/Page";
import { useSession } from "../session/useSession";
import { type AccountChange, accountChanges } from "./accountChanges";
import { ActionDialog } from "./ActionDialog";
import { PagedTable } from "./DataTable";
import { Filters, useFilters } from "./Filters";
import styles from "./Staff.module.css";

const ROLES = ["customer", "manager", "admin"] as const;
const roleSchema = z.object({ role: z.enum(ROLES) });
const confirmation = z.object({});

interface Asking {
  change: AccountChange;
  of: CustomerRecord;
}

export default function CustomersPage() {
  const { t } = useTranslation("staff");
  const { date, money, number } = useFormat();
  const filters = useFilters();
  const { account } = useSession();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { q } = filters;
  return (
    <Page title={t("places.customers")}>
      <div className={styles.top}>
        <h1>{t("places.customers")}</h1>
        <Filters filters={filters} searchLabel={t("customers.search")} />
      </div>
      <PagedTable
        queryKey={["staff", "customers", q]}
        load={(after, signal) => listCustomers({ q, after }, signal)}
        caption={t("places.customers")}
        rowKey={({ customer_id }) => customer_id}
        columns={[
          {
            label: t("customers.customer"),
            cell: ({ name, email, customer_id }) => (
              <>
                {name ?? customer_id}
                <br />
                <span className={styles.soft}>{email}</span>
              </>
            ),
          },
          { label: t("customers.since"), cell: ({ created_at }) => date(created_at) },
          { label: t("customers.orders"), cell: ({ orders }) => number(orders), align: "end" },
          { label: t("customers.spent"), cell: ({ spent, currency }) => money(spent, currency), align: "end" },
          {
            label: t("customers.account"),
            cell: (customer) => (
              <span className={styles.buttons}>
                {customer.role ? t(`roles.${customer.role}`) : t("customers.guest")}
                {accountChanges(customer, account).map((change) => (
                  <Button
                    key={change}
                    size="compact-sm"
                    variant="default"
                    aria-label={t(`customers.${change}.change_of`, { name: customer.name ?? customer.email })}
                    onClick={() => {
                      setAsking({ change, of: customer });
                    }}
                  >
                    {t(`customers.${change}.change`)}
                  </Button>
                ))}
              </span>
            ),
          },
        ]}
      />
      <Changes
        asking={asking}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Page>
  );
}

function Changes({ asking, onClose }: { asking: Asking | null; onClose: () => void }) {
  const { t } = useTranslation("staff");
  const accountId = asking?.of.account_id ?? "";
  return (
    <>
      <ActionDialog
        open={asking?.change === "role"}
        title={t("customers.role.change")}
        schema={roleSchema}
        defaults={{ role: asking?.of.role ?? "customer" }}
        send={({ role }) => changeRole(accountId, role)}
        action={t("customers.role.change")}
        done={t("customers.role.changed")}
        onClose={onClose}
      >
        <p>{asking?.of.email}</p>
        <RoleField />
      </ActionDialog>
      <ActionDialog
        open={asking?.change === "second_factor"}
        title={t("customers.second_factor.change")}
        schema={confirmation}
        defaults={{}}
        send={() => removeLostFactor(accountId)}
        action={t("customers.second_factor.confirm")}
        done={t("customers.second_factor.changed")}
        danger
        onClose={onClose}
      >
        <p>{asking?.of.email}</p>
        <p>{t("customers.second_factor.text")}</p>
      </ActionDialog>
    </>
  );
}

function RoleField() {
  const { t } = useTranslation("staff");
  const { register } = useFormContext();
  return (
    <NativeSelect
      size="md"
      label={t("customers.role.label")}
      data={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
      {...register("role")}
    />
  );
}
