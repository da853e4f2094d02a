import { Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

import styles from "./Shell.module.css";

export function PageLoading() {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status" aria-label={t("loading")}>
      <Loader color="fir" />
    </div>
  );
}
