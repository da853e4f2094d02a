import { IconCreditCard, IconPackage, IconTruckDelivery } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration, useLocation } from "react-router";

import { removeServerHead } from "../app/initialData";
import { AreaBoundary } from "./AreaBoundary";
import { Header } from "./Header";
import { notificationArea } from "./notices";
import { PageLoading } from "./PageLoading";
import { payments } from "./payments";
import styles from "./Shell.module.css";

const Notifications = lazy(notificationArea);

/** Moves the focus to the content on each new page, so that keyboards and readers start there. */
function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    removeServerHead();
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return { main, pathname };
}

export function Shell() {
  const { t } = useTranslation();
  const { main, pathname } = useFocusOnNavigation();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t("skip_to_content")}
      </a>
      <AreaBoundary>
        <Header />
      </AreaBoundary>
      <main id="content" tabIndex={-1} ref={main} className={styles.main}>
        <AreaBoundary resetKey={pathname}>
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </AreaBoundary>
      </main>
      <AreaBoundary>
        <Footer />
      </AreaBoundary>
      {/* Inside the router, because a notification may hold a link. */}
      <AreaBoundary>
        <Suspense fallback={null}>
          <Notifications position="bottom-right" limit={3} />
        </Suspense>
      </AreaBoundary>
      <ScrollRestoration />
    </div>
  );
}

function Footer() {
  const { t } = useTranslation();
  const mode = payments();
  const promises = [
    { icon: IconTruckDelivery, title: t("footer.delivery"), text: t("footer.delivery_text") },
    { icon: IconPackage, title: t("footer.stock"), text: t("footer.stock_text") },
    { icon: IconCreditCard, title: t(`footer.payment_${mode}`), text: t(`footer.payment_${mode}_text`) },
  ];
  return (
    <footer className={styles.footer}>
      <div className={styles.footerInner}>
        <p className={styles.tagline}>{t("footer.tagline")}</p>
        <ul className={styles.promises}>
          {promises.map(({ icon: Icon, title, text }) => (
            <li key={title}>
              <Icon aria-hidden stroke={1.5} />
              <span>
                <strong>{title}</strong>
                {text}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}
