import { CloseButton, TextInput } from "@mantine/core";
import { IconClipboardList, IconSearch, IconShoppingBag, IconUser } from "@tabler/icons-react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, useLocation, useNavigate, useSearchParams } from "react-router";

import { useCart } from "../cart/useCart";
import { hasRole, useSession } from "../session/useSession";
import styles from "./Header.module.css";
import { LanguageSwitch } from "./LanguageSwitch";

export function Header() {
  const { t } = useTranslation();
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link to="/" className={styles.brand} aria-label={t("nav.home")}>
          ShopNow<span className={styles.plus}>+</span>
        </Link>
        <SearchBox />
        <MainNavigation />
        <LanguageSwitch />
        <CartLink />
      </div>
    </header>
  );
}

function MainNavigation() {
  const { t } = useTranslation();
  const { account } = useSession();
  const places = [
    ...(hasRole(account, "manager")
      ? [{ to: "/staff", icon: IconClipboardList, label: t("nav.staff") }]
      : []),
    account
      ? { to: "/account", icon: IconUser, label: t("nav.account") }
      : { to: "/login", icon: IconUser, label: t("nav.log_in") },
  ];
  return (
    <nav className={styles.nav} aria-label={t("main_navigation")}>
      {places.map(({ to, icon: Icon, label }) => (
        <NavLink key={to} to={to} className={styles.link}>
          <Icon size={22} stroke={1.6} aria-hidden className={styles.linkIcon} />
          <span className={styles.linkText}>{label}</span>
        </NavLink>
      ))}
    </nav>
  );
}

function SearchBox() {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const query = pathname === "/" ? (params.get("q") ?? "") : "";
  // A new key per search in the address: "back" then also brings back what the box said.
  return <SearchForm key={query} query={query} />;
}

function SearchForm({ query }: { query: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState(query);

  function search(event: SyntheticEvent) {
    event.preventDefault();
    const wanted = text.trim();
    void navigate(wanted ? `/?${new URLSearchParams({ q: wanted }).toString()}` : "/");
  }

  return (
    <search className={styles.search}>
      <form onSubmit={search}>
        <TextInput
          type="search"
          radius="xl"
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          maxLength={100}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
          leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
          rightSection={
            text && (
              <CloseButton
                radius="xl"
                aria-label={t("search.clear")}
                onClick={() => {
                  setText("");
                  if (query) void navigate("/");
                }}
              />
            )
          }
        />
      </form>
    </search>
  );
}

function CartLink() {
  const { t } = useTranslation();
  const { count } = useCart();
  return (
    <Link to="/cart" className={styles.cart}>
      <IconShoppingBag size={24} stroke={1.6} aria-hidden />
      <span className={styles.cartText}>{t("cart")}</span>
      {count > 0 && (
        <>
          <span className={styles.count} data-testid="cart-count">
            {count}
          </span>
          <span className="visually-hidden">{t("cart_unit", { count })}</span>
        </>
      )}
    </Link>
  );
}
