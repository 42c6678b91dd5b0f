'use client';

import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import { later } from '../ui/later';
import { Modal } from '../ui/modal';
import { Loading } from '../ui/skeleton';
import styles from './finder.module.css';

/** As high as the field. */
const Waiting = () => (
  <div className={styles.waiting}>
    <Loading />
  </div>
);

const Field = later(() => import('./finder-field').then(({ FinderField }) => FinderField), Waiting);

/** Finds everything that has a page, from every page: a field in a wide bar, an icon in others, Ctrl K or Cmd K. */
export function Finder() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isOurs =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
      if (!isOurs || event.isComposing || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return (
    <span data-hide="no-script print" className={styles.place}>
      <button type="button" className={styles.field} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="search" />
        <span className={styles.words}>Find or act</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <span className={styles.icon}>
        <Button look="ghost" icon="search" iconOnly aria-haspopup="dialog" onClick={() => setOpen(true)}>
          Find or act
        </Button>
      </span>
      <Modal open={open} onClose={close} size="top" label={{ text: 'Find or act' }}>
        <Field onClose={close} />
      </Modal>
    </span>
  );
}
