import { IconRotateClockwise, IconTruckDelivery } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { HOME, useShippingMethods } from "../checkout/useShippingMethods";
import { useFormat } from "../format/useFormat";
import styles from "./ProductPage.module.css";

/** What delivery costs at home, before anybody has typed an address. */
export function DeliveryHint({ currency }: { currency: string }) {
  const { t } = useTranslation("catalogue");
  const { money } = useFormat();
  const { data } = useShippingMethods(HOME);
  const standard = data?.find(({ code }) => code === "standard");

  function text() {
    if (!standard) return t("product.delivery");
    const price = money(standard.price, currency);
    if (standard.free_from === null) return t("product.delivery_from", { price });
    return t("product.delivery_free_from", { price, free_from: money(standard.free_from, currency) });
  }

  return (
    <ul className={styles.promises}>
      <li>
        <IconTruckDelivery size={20} stroke={1.5} aria-hidden />
        {text()}
      </li>
      <li>
        <IconRotateClockwise size={20} stroke={1.5} aria-hidden />
        {t("product.returns")}
      </li>
    </ul>
  );
}
