'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { shortcutsOn, turnShortcuts, useShortcut, watchShortcuts } from '../live/shortcuts';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { usePages } from '../ui/use-pages';
import styles from './keys.module.css';

const KEYS: [keys: string[], does: string][] = [
  [['Ctrl K'], 'Find anything, from every page'],
  [['/'], 'Search or filter this page'],
  [['j', 'k'], 'Next and previous audit or VM'],
  [['r'], 'Refresh now'],
  [['t'], 'Theme: system, light, dark'],
  [['g', 'o'], 'Go to the overview'],
  [['g', 'p'], 'Go to the plans'],
  [['g', 'h'], 'Go to the hosts'],
  [['g', 'v'], 'Go to the VMs'],
  [['g', 'c'], 'Go to capacity'],
  [['g', 'a'], 'Go to the activity'],
  [['g', 'd'], 'Go to the doctor'],
  [['?'], 'Show this list'],
];

const OPEN = 'watcher-visio-keys';

/** Opens the list of keys from elsewhere on the page. */
export const openKeys = (): void => {
  window.dispatchEvent(new Event(OPEN));
};

/** The shortcuts that work on every page, and the list of all. While they are off, only the button opens the list. */
export function Keys() {
  const pages = usePages();
  const [open, setOpen] = useState(false);
  const on = useSyncExternalStore(watchShortcuts, shortcutsOn, () => true);
  useShortcut('?', () => setOpen(true));
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(OPEN, show);
    return () => window.removeEventListener(OPEN, show);
  }, []);
  useShortcut('g o', () => pages.push('/'));
  useShortcut('g p', () => pages.push('/plans'));
  useShortcut('g h', () => pages.push('/hosts'));
  useShortcut('g v', () => pages.push('/vms'));
  useShortcut('g c', () => pages.push('/capacity'));
  useShortcut('g a', () => pages.push('/activity'));
  useShortcut('g d', () => pages.push('/doctor'));
  useShortcut('/', focusSearch);
  return (
    <>
      <button type="button" className={styles.open} data-hide="no-script print" onClick={() => setOpen(true)}>
        Press <Kbd>?</Kbd> for keys
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Keys">
        <dl>
          {KEYS.map(([keys, does]) => (
            <div key={does} className={styles.row}>
              <dt>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.more}>
          Arrow keys move within the host map, the audits and the flow. Enter opens, Esc closes.
        </p>
        <label className={styles.setting}>
          <input type="checkbox" checked={on} onChange={(event) => turnShortcuts(event.target.checked)} />
          Shortcuts are on
        </label>
      </Dialog>
    </>
  );
}

/** Focuses the first visible search field. */
function focusSearch() {
  const fields = [...document.querySelectorAll<HTMLInputElement>('[data-search]')];
  const field = fields.find((candidate) => candidate.checkVisibility?.() ?? true);
  field?.focus();
  field?.select();
}
