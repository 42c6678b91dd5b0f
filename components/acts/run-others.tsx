import type { RunAction } from '@/lib/contract/v1/run-moves';
import { formatThings } from '@/lib/format';
import { PanelNote } from '../ui/panel';
import { Tag } from '../ui/tag';
import styles from './run-others.module.css';

/** Actions that move no VM, such as disabling a host. */
export function OtherActions({ actions }: { actions: RunAction[] }) {
  return (
    <>
      <PanelNote>{formatThings(actions.length, 'other action')}</PanelNote>
      <ul className={styles.others}>
        {actions.map(({ action_id: id, label, target, state, text }) => (
          <li key={id}>
            {label}
            {target === null ? null : <span className={styles.target}> {target}</span>} <Tag>{state}</Tag>{' '}
            <span className={styles.note}>{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
