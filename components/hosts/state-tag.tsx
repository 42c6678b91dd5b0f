import type { Host } from '@/lib/contract/v1/hosts';
import { Tag } from '../ui/tag';
import styles from './hosts.module.css';

/** Whether the host takes part: quiet where it does, marked with the reason where it doesn't. */
export function StateTag({ host: { state, status, disabled_reason: reason } }: { host: Host }) {
  if (state === 'up' && status === 'enabled') return <span className={styles.quiet}>Up</span>;
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
        <span className={styles.reason} title={reason}>
          {reason}
        </span>
      )}
    </span>
  );
}
