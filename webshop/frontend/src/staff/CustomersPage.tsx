import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { changeRole, listCustomers } from "../api/staff";
import type { Customer } from "../api/staffTypes";
import { useFormat } from "../format/useFormat";
import { z } from "../forms/zod";
import { Page } from "../layout/Page";
import { hasRole, useSession } from "../session/useSession";
import { ActionDialog } from "./ActionDialog";
import { PagedTable } from "./DataTable";
import { Filters, useFilters } from "./Filters";
import styles from "./Staff.module.css";

const ROLES = ["customer", "manager", "admin"] as const;
const roleSchema = z.object({ role: z.enum(ROLES) });

export default function CustomersPage() {
  const { t } = useTranslation("staff");
  const { date, number } = useFormat();
  const filters = useFilters();
  const { account } = useSession();
  const mayChangeRoles = hasRole(account, "admin");
  const [chosen, setChosen] = useState<Customer | null>(null);
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
          { label: t("customers.spent"), cell: ({ spent }) => number(spent, 2), align: "end" },
          {
            label: t("customers.role"),
            cell: (customer) => (
              <span className={styles.buttons}>
                {customer.role ? t(`roles.${customer.role}`) : t("customers.guest")}
                {mayChangeRoles && customer.account_id && customer.account_id !== account?.account_id && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t("customers.change_role_of", { name: customer.name ?? customer.email })}
                    onClick={() => {
                      setChosen(customer);
                    }}
                  >
                    {t("customers.change_role")}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      <ActionDialog
        open={chosen !== null}
        title={t("customers.change_role")}
        schema={roleSchema}
        defaults={{ role: chosen?.role ?? "customer" }}
        send={({ role }) => changeRole(chosen?.account_id ?? "", role)}
        action={t("customers.change_role")}
        done={t("customers.role_changed")}
        onClose={() => {
          setChosen(null);
        }}
      >
        <p>{chosen?.email}</p>
        <RoleField />
      </ActionDialog>
    </Page>
  );
}

function RoleField() {
  const { t } = useTranslation("staff");
  const { register } = useFormContext();
  return (
    <NativeSelect
      size="md"
      label={t("customers.role")}
      data={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
      {...register("role")}
    />
  );
}
