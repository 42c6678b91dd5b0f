import { Icon, type IconName } from '../ui/icon';
import styles from './source-icon.module.css';
import type { ChipState } from './sources';

const ICONS: Record<ChipState, IconName> = {
  ok: 'ok',
  old: 'clock',
  error: 'error',
  mock: 'mock',
  checking: 'waiting',
};

/** How a source is doing, as a shape and a colour. */
export function SourceIcon({ state }: { state: ChipState }) {
  return (
    <span className={styles.icon} data-state={state}>
      <Icon name={ICONS[state]} />
    </span>
  );
}
