import { Button, Skeleton } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { type InfiniteData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNote } from "../layout/AreaBoundary";
import { EmptyNote } from "../layout/EmptyNote";
import styles from "./Staff.module.css";

/** A page of a list, and the cursor of the next one; null on the last. */
interface Listing<Row> {
  items: Row[];
  next: string | null;
}

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their column. */
  align?: "end";
}

interface TableProps<Row> {
  caption: string;
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The first column names the row. */
  columns: Column<Row>[];
}

export function DataTable<Row>({ caption, rows, rowKey, columns }: TableProps<Row>) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label, align }) => (
            <th key={label} scope="col" data-align={align}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ label, cell, align }, index) =>
              index === 0 ? (
                <th key={label} scope="row" data-label={label}>
                  <span>{cell(row)}</span>
                </th>
              ) : (
                <td key={label} data-label={label} data-align={align}>
                  <span>{cell(row)}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ListProps<Row> extends Omit<TableProps<Row>, "rows"> {
  queryKey: QueryKey;
  load: (after: string | null, signal: AbortSignal) => Promise<Listing<Row>>;
}

/** A list of the API as a table, page by page, with what it shows while, without and instead. */
export function PagedTable<Row>({ queryKey, load, caption, rowKey, columns }: ListProps<Row>) {
  const { t } = useTranslation("staff");
  const { t: tCommon } = useTranslation();
  const list = useInfiniteQuery<Listing<Row>, Error, InfiniteData<Listing<Row>>, QueryKey, string | null>({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
  if (list.isPending) return <Skeleton height="20rem" radius="lg" role="status" aria-label={tCommon("loading")} />;
  if (!list.data) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <EmptyNote icon={<IconListSearch size={36} stroke={1.5} />} title={t("empty_title")} text={t("empty_text")} />
    );
  }
  return (
    <>
      <DataTable caption={caption} rows={rows} rowKey={rowKey} columns={columns} />
      {list.hasNextPage && (
        <div className={styles.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {tCommon("more")}
          </Button>
        </div>
      )}
    </>
  );
}
