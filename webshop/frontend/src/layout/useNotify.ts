import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { notificationStore } from "./notices";

/** Shows good news in the corner, read out when its turn comes. */
export function useNotify() {
  const { t } = useTranslation();
  return (title: string, message: ReactNode = null) => {
    void notificationStore().then((notifications) =>
      notifications.show({
        role: "status",
        title,
        message,
        color: "fir",
        closeButtonProps: { "aria-label": t("close") },
      }),
    );
  };
}
