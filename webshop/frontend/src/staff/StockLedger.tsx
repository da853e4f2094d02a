import { useTranslation } from "react-i18next";

import { getLedger } from "../api/staff";
import { useFormat } from "../format/useFormat";
import { actorName } from "./actorName";
import { PagedTable } from "./DataTable";
import styles from "./Staff.module.css";

const REASONS = ["sale", "release", "reservation", "restock", "count", "return", "adjustment"] as const;

/** Every movement of a product's stock: what the units on hand are made of, by whom and why. */
export function StockLedger({ sku }: { sku: string }) {
  const { t } = useTranslation("staff");
  const { moment, number } = useFormat();
  const reasonName = (reason: string) => {
    const known = REASONS.find((one) => one === reason);
    return known ? t(`stock.reasons.${known}`) : reason;
  };
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger" className={styles.ledgerTitle}>
        {t("stock.ledger")}
      </h2>
      <PagedTable
        queryKey={["staff", "ledger", sku]}
        load={(after, signal) => getLedger(sku, after, signal)}
        caption={t("stock.ledger")}
        rowKey={({ version }) => String(version)}
        columns={[
          { label: t("stock.version"), cell: ({ version }) => number(version) },
          { label: t("stock.when"), cell: ({ occurred_at }) => moment(occurred_at) },
          { label: t("stock.why"), cell: ({ reason }) => reasonName(reason) },
          {
            label: t("stock.change"),
            cell: ({ quantity }) => (quantity > 0 ? `+${number(quantity)}` : number(quantity)),
            align: "end",
          },
          { label: t("stock.available"), cell: (movement) => number(movement.available_after), align: "end" },
          { label: t("stock.on_hand"), cell: (movement) => number(movement.on_hand_after), align: "end" },
          {
            label: t("stock.who"),
            cell: ({ actor, note, reference }) => (
              <>
                {actorName(t, actor)}
                <br />
                <span className={styles.soft}>{note ?? reference}</span>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
