'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import styles from './modal.module.css';

type Props = {
  open: boolean;
  onClose: () => void;
  /** `l` takes the whole of a phone, and a press beside it does not close it; `top` hangs below the bar. */
  size: 's' | 'l' | 'top';
  label: { text: string } | { id: string };
  children: ReactNode;
};

/** Blocks the page until it is closed. The browser keeps the focus inside; Esc closes it and returns the focus. */
export function Modal({ open, onClose, size, label, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
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
      className={styles.modal}
      data-hide="print"
      data-size={size}
      aria-label={'text' in label ? label.text : undefined}
      aria-labelledby={'id' in label ? label.id : undefined}
      onClose={onClose}
      onClick={(event) => {
        if (size !== 'l' && event.target === event.currentTarget) onClose();
      }}
    >
      {open ? children : null}
    </dialog>
  );
}
