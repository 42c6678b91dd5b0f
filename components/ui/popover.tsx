'use client';

import type { ComponentProps, ReactNode } from 'react';
import styles from './popover.module.css';
import { type Trigger, usePopup } from './use-popup';

type Props = {
  /** The name of the popover. */
  label: string;
  /** Renders the button with the props that open the popup. */
  trigger: (props: Trigger & { 'aria-haspopup': 'dialog' }) => ReactNode;
  align?: 'start' | 'end';
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** Details below a button; the page stays usable while they are open. */
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

/** A button and, while open, the popup below it. */
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

/** The popup; the style sheet distinguishes dialogs and menus by role. */
export function Popup({ popup, align, ...rest }: PopupProps) {
  return (
    <div {...rest} ref={popup.popup} id={popup.id} className={styles.popup} data-align={align} data-hide="print" />
  );
}
