'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';
import styles from './dialog.module.css';

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** For a decision: takes the whole of a phone, and a press beside it does not close it. */
  wide?: boolean;
  children: ReactNode;
};

/** Blocks the page until it is closed. The browser keeps the focus inside; Esc closes it and returns the focus. */
export function Dialog({ open, onClose, title, wide = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (open && element?.open === false) {
      element.showModal();
      // The browser would take what comes first, which closes the dialog.
      element.querySelector<HTMLElement>('[data-focus]')?.focus();
    }
    if (!open && element?.open) element.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press outside the dialog closes it, as Esc does
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-hide="print"
      data-wide={wide || undefined}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (!wide && event.target === event.currentTarget) onClose();
      }}
    >
      {open ? (
        <div className={styles.body}>
          <div className={styles.head}>
            <h2 id={id} className={styles.title}>
              {title}
            </h2>
            <Button look="ghost" icon="close" iconOnly onClick={onClose}>
              Close
            </Button>
          </div>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}
