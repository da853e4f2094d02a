import { CloseButton } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Dialog.module.css";

interface Props {
  open: boolean;
  title: string;
  onClose: () => void;
  /** A drawer at the side, for forms with more than a few fields. */
  side?: boolean;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, gives it back at the end, and closes
 * on Escape, without the <style> elements of Mantine's that the CSP refuses.
 */
export function Dialog({ open, title, onClose, side = false, children }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={styles.dialog} data-side={side} aria-labelledby={titleId} onClose={onClose}>
      {open && (
        <>
          <div className={styles.head}>
            <h2 id={titleId}>{title}</h2>
            <CloseButton size="lg" aria-label={t("close")} onClick={onClose} />
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}
