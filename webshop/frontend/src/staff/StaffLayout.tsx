import "../i18n/areas/order";
import "../i18n/areas/staff";

import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";

import { AreaBoundary } from "../layout/AreaBoundary";
import { PageLoading } from "../layout/PageLoading";
import { Gate } from "../session/Gate";
import styles from "./Staff.module.css";

const PLACES = {
  orders: "/staff/orders",
  returns: "/staff/returns",
  products: "/staff/products",
  customers: "/staff/customers",
  promotions: "/staff/promotions",
  mails: "/staff/mails",
  audit: "/staff/audit",
  dashboard: "/dashboard",
} as const;
const NAMES = Object.keys(PLACES) as (keyof typeof PLACES)[];

/** The staff's pages share a guard and a second navigation; each fails independently. */
export default function StaffLayout() {
  const { t } = useTranslation("staff");
  const { pathname } = useLocation();
  const shown = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // On a phone the places are a strip that scrolls.
    const current = shown.current?.querySelector("[aria-current=page]");
    current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [pathname]);
  return (
    <Gate atLeast="manager">
      {() => (
        <>
          <nav className={styles.nav} aria-label={t("navigation")}>
            <ul ref={shown}>
              {NAMES.map((name) => (
                <li key={name}>
                  <NavLink to={PLACES[name]}>{t(`places.${name}`)}</NavLink>
                </li>
              ))}
            </ul>
          </nav>
          <AreaBoundary resetKey={pathname}>
            <Suspense fallback={<PageLoading />}>
              <Outlet />
            </Suspense>
          </AreaBoundary>
        </>
      )}
    </Gate>
  );
}
