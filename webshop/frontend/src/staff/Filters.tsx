import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import styles from "./Staff.module.css";

/** The list's filters, kept in the address, so that a filtered list can be passed on. */
export function useFilters<Status extends string>(statuses: readonly Status[] = []) {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) => {
    setParams(
      (current) => {
        if (value) current.set(name, value);
        else current.delete(name);
        return current;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  const status: Status | "" = statuses.find((known) => known === params.get("status")) ?? "";
  return { q: params.get("q") ?? "", status, set };
}

interface Props {
  filters: ReturnType<typeof useFilters>;
  /** What the search looks at; left out where there is none. */
  searchLabel?: string;
  statuses?: { value: string; label: string }[];
}

export function Filters({ filters, searchLabel, statuses }: Props) {
  const { t } = useTranslation("staff");
  const [text, setText] = useState(filters.q);
  return (
    <div className={styles.filters}>
      {searchLabel && (
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            filters.set("q", text.trim());
          }}
        >
          <TextInput
            label={searchLabel}
            value={text}
            maxLength={100}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
            onBlur={() => {
              filters.set("q", text.trim());
            }}
          />
        </form>
      )}
      {statuses && (
        <NativeSelect
          label={t("status")}
          value={filters.status}
          data={[{ value: "", label: t("all") }, ...statuses]}
          onChange={(event) => {
            filters.set("status", event.currentTarget.value);
          }}
        />
      )}
    </div>
  );
}
