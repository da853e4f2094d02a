import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { isRefusal } from "../api/http";
import styles from "./CheckoutForm.module.css";

/** Why the order did not go through, and what the shopper can do about it. */
export function PurchaseProblem({ error }: { error: Error | null }) {
  const { t } = useTranslation("checkout");
  if (!error) return null;
  const kind = isRefusal(error) ? error.kind : "";

  function text() {
    if (!isRefusal(error)) return t("errors.network");
    if (error.problem.errors?.length) return t("errors.fields");
    if (kind === "out-of-stock" || kind === "not-for-sale") return t("errors.out_of_stock");
    if (kind.startsWith("promotion")) return t("errors.promotion");
    if (error.status === 429) return t("errors.too_many");
    return t("errors.refused", { detail: error.message });
  }

  return (
    <Alert color="garnet" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t("errors.title")}>
      {text()}
      {(kind === "out-of-stock" || kind === "not-for-sale") && (
        <Link to="/cart" className={styles.toCart}>
          {t("errors.back_to_cart")}
        </Link>
      )}
    </Alert>
  );
}
