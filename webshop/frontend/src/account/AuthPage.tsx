import type { ReactNode } from "react";

import { Page } from "../layout/Page";
import styles from "./Account.module.css";

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

/** The frame of the pages on which one logs in, registers or chooses a password: one card. */
export function AuthPage({ title, text, children }: Props) {
  return (
    <Page title={title} wide={false}>
      <div className={styles.auth}>
        <h1>{title}</h1>
        {text && <p className={styles.lead}>{text}</p>}
        {children}
      </div>
    </Page>
  );
}
