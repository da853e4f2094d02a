import type { ReactNode } from "react";

import styles from "./EmptyNote.module.css";

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  action?: ReactNode;
  /** The page's own heading is this note's title. */
  asHeading?: boolean;
}

/** What an area shows when there is nothing to show, with the way onwards. */
export function EmptyNote({ icon, title, text, action, asHeading = false }: Props) {
  const Title = asHeading ? "h1" : "p";
  return (
    <div className={styles.note}>
      <div className={styles.icon} aria-hidden>
        {icon}
      </div>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.text}>{text}</p>
      {action}
    </div>
  );
}
