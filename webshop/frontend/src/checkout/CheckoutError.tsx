import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { isRefusal } from "../api/http";
import styles from "./CheckoutForm.module.css";

/** Why the purchase did not go through, and what the shopper can do about it. */
export function CheckoutError({ error }: { error: Error | null }) {
  const { t } = useTranslation("checkout");
  if (!error) return null;
  const kind = isRefusal(error) ? error.kind : "";

  function text() {
    if (!isRefusal(error)) return t("errors.network");
    if (kind === "payment-declined") return t("errors.declined");
    if (kind === "out-of-stock") return t("errors.out_of_stock");
    if (kind === "order-expired") return t("errors.expired");
    return t("errors.refused", { detail: error.message });
  }

  return (
    <Alert
      color="garnet"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("errors.title")}
    >
      {text()}
      {kind === "out-of-stock" && (
        <Link to="/cart" className={styles.toCart}>
          {t("errors.back_to_cart")}
        </Link>
      )}
    </Alert>
  );
}
