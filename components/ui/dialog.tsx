'use client';

import { type ReactNode, useId } from 'react';
import { Button } from './button';
import styles from './dialog.module.css';
import { Modal } from './modal';

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** For a decision: takes the whole of a phone, and a press beside it does not close it. */
  wide?: boolean;
  children: ReactNode;
};

/** A dialog with a title and a button that closes it. */
export function Dialog({ open, onClose, title, wide = false, children }: Props) {
  const id = useId();
  return (
    <Modal open={open} onClose={onClose} size={wide ? 'l' : 's'} label={{ id }}>
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
    </Modal>
  );
}
