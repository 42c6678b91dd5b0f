'use client';

import type { ReactNode } from 'react';
import styles from './popover.module.css';
import { type Trigger, usePopup } from './use-popup';

type Props = {
  /** Name of what opens. */
  label: string;
  /** The button; it gets its behaviour as props. */
  trigger: (props: Trigger & { 'aria-haspopup': 'dialog' }) => ReactNode;
  align?: 'start' | 'end';
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** Details that open below a button and leave the page usable. */
export function Popover({ label, trigger, align = 'start', children }: Props) {
  const popup = usePopup();
  return (
    <span ref={popup.place} className={styles.place}>
      {trigger({ ...popup.trigger, 'aria-haspopup': 'dialog' })}
      {popup.open ? (
        <div
          ref={popup.popup}
          id={popup.id}
          role="dialog"
          aria-label={label}
          className={styles.popover}
          data-align={align}
          data-popup
        >
          {typeof children === 'function' ? children(() => popup.close()) : children}
        </div>
      ) : null}
    </span>
  );
}
