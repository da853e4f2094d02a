import "../i18n/areas/account";
import "../i18n/areas/order";

import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { AreaBoundary } from "../layout/AreaBoundary";
import { Page } from "../layout/Page";
import { Gate } from "../session/Gate";
import { useLogOut } from "../session/useSession";
import styles from "./Account.module.css";
import { DeleteCard } from "./DeleteCard";
import { OwnOrders } from "./OwnOrders";
import { PasswordCard } from "./PasswordCard";
import { ProfileCard } from "./ProfileCard";
import { SecondFactorCard } from "./SecondFactorCard";

export default function AccountPage() {
  const { t } = useTranslation("account");
  const logOut = useLogOut();
  return (
    <Gate atLeast="customer">
      {(account) => (
        <Page title={t("me.title")}>
          <div className={styles.top}>
            <h1>{t("me.hello", { name: account.name })}</h1>
            <Button
              variant="default"
              loading={logOut.isPending}
              onClick={() => {
                logOut.mutate();
              }}
            >
              {t("me.log_out")}
            </Button>
          </div>
          <div className={styles.layout}>
            <AreaBoundary>
              <OwnOrders />
            </AreaBoundary>
            <div className={styles.side}>
              <AreaBoundary>
                <ProfileCard account={account} />
              </AreaBoundary>
              <AreaBoundary>
                <PasswordCard email={account.email} />
              </AreaBoundary>
              <AreaBoundary>
                <SecondFactorCard account={account} />
              </AreaBoundary>
              <AreaBoundary>
                <DeleteCard email={account.email} />
              </AreaBoundary>
            </div>
          </div>
        </Page>
      )}
    </Gate>
  );
}
