import "../i18n/areas/order";
import "../i18n/areas/staff";

import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";

import { AreaBoundary } from "../layout/AreaBoundary";
import { PageLoading } from "../layout/PageLoading";
import { Gate } from "../session/Gate";
import styles from "./Staff.module.css";

const PLACES = ["orders", "returns", "products", "customers", "promotions", "audit"] as const;

/** The staff's pages share a second navigation; each fails by itself. */
export default function StaffLayout() {
  const { t } = useTranslation("staff");
  const { pathname } = useLocation();
  return (
    <Gate atLeast="manager">
      {() => (
        <>
          <nav className={styles.nav} aria-label={t("navigation")}>
            <ul>
              {PLACES.map((place) => (
                <li key={place}>
                  <NavLink to={`/staff/${place}`}>{t(`places.${place}`)}</NavLink>
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
