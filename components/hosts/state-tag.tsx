import type { Host } from '@/lib/contract/v1/hosts';
import { Icon } from '../ui/icon';
import { Tag } from '../ui/tag';
import { Quiet } from '../ui/values';
import styles from './state-tag.module.css';

/**
 * The state of a host, which stands out if the host is out of service, and the reason.
 *
 * @param whole shows the reason in full
 */
export function StateTag({ host, whole = false }: { host: Host; whole?: boolean }) {
  const { state, status, disabled_reason: reason } = host;
  if (state === 'up' && status === 'enabled') return <Quiet>Up</Quiet>;
  return (
    <span className={styles.state}>
      {state === 'down' ? (
        <Tag tone="error" icon="error">
          Down
        </Tag>
      ) : null}
      {status === 'disabled' ? (
        <Tag tone="warn" icon="warn">
          Disabled
        </Tag>
      ) : null}
      {state === 'unknown' || status === 'unknown' ? <Tag>Unknown</Tag> : null}
      {reason === null || reason === '' ? null : (
        <span className={styles.reason} data-whole={whole || undefined} title={reason}>
          {reason}
        </span>
      )}
    </span>
  );
}

/**
 * Marks the name of a host that is out of service; screen readers read the state column instead. Its place is kept in every
 * row, or the column would grow when a row with a mark comes.
 */
export function StateMark({ host: { state, status, disabled_reason: reason } }: { host: Host }) {
  if (state !== 'down' && status !== 'disabled') return <span className={styles.mark} />;
  const words = [state === 'down' ? 'Down' : '', status === 'disabled' ? 'Disabled' : '', reason ?? ''].filter(Boolean);
  return (
    <span className={styles.mark} data-state={state} title={words.join(', ')}>
      <Icon name={state === 'down' ? 'error' : 'warn'} size={14} />
    </span>
  );
}
