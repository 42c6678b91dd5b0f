'use client';

import type { ComponentProps, ReactNode } from 'react';
import styles from './popover.module.css';
import { type Trigger, usePopup } from './use-popup';

type Props = {
  /** Name of what opens. */
  label: string;
  /** Renders the button, which gets its behaviour as props. */
  trigger: (props: Trigger & { 'aria-haspopup': 'dialog' }) => ReactNode;
  align?: 'start' | 'end';
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** Details that open below a button and leave the page usable. */
export function Popover({ label, trigger, align = 'start', children }: Props) {
  const popup = usePopup();
  return (
    <PopupPlace popup={popup} button={trigger({ ...popup.trigger, 'aria-haspopup': 'dialog' })}>
      <Popup popup={popup} role="dialog" aria-label={label} align={align}>
        {typeof children === 'function' ? children(() => popup.close()) : children}
      </Popup>
    </PopupPlace>
  );
}

type PopupState = ReturnType<typeof usePopup>;

type PlaceProps = { popup: PopupState; button: ReactNode; children: ReactNode };

/** A button and, while it is open, what opens below it. */
export function PopupPlace({ popup, button, children }: PlaceProps) {
  return (
    <span ref={popup.place} className={styles.place}>
      {button}
      {popup.open ? children : null}
    </span>
  );
}

type PopupProps = {
  popup: PopupState;
  role: 'dialog' | 'menu';
  'aria-label': string;
  align: 'start' | 'end';
} & Pick<ComponentProps<'div'>, 'tabIndex' | 'onKeyDown' | 'children'>;

/** What opens; the style sheet knows dialogs and menus by their role. */
export function Popup({ popup, align, ...rest }: PopupProps) {
  return (
    <div {...rest} ref={popup.popup} id={popup.id} className={styles.popup} data-align={align} data-hide="print" />
  );
}
