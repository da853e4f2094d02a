import "../i18n/areas/problems";

import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { isRefusal } from "../api/http";
import { problemText } from "../problems/problemText";
import styles from "./CheckoutForm.module.css";

/** Why the order did not go through, and what the shopper can do about it. */
export function PurchaseProblem({ error }: { error: Error | null }) {
  const { t } = useTranslation("checkout");
  const { t: tProblems } = useTranslation("problems");
  if (!error) return null;
  const kind = isRefusal(error) ? error.kind : "";

  function text() {
    // Whether there is an order is not known then: what counts is that nobody pays twice.
    if (!isRefusal(error)) return t("errors.network");
    return problemText(tProblems, error, {
      "invalid-request": t("errors.fields"),
      "out-of-stock": t("errors.out_of_stock"),
    });
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
