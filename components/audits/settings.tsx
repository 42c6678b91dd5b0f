import type { AuditDetail } from '@/lib/contract/v1/audits';
import { formatAge, formatRatio, formatTime, MISSING } from '@/lib/format';
import { Facts } from '../ui/facts';
import { Panel } from '../ui/panel';
import styles from './audits.module.css';

/** What the audit was asked to do, and what became of it. */
export function Settings({ audit, now }: { audit: AuditDetail['audit']; now: number }) {
  const weight = (value: number | null) => (value === null ? MISSING : formatRatio(value).replace('×', ''));
  return (
    <Panel id="audit-settings" title="Settings">
      <div className={styles.stack}>
        <Facts
          facts={[
            { term: 'State', value: `${audit.state}: ${audit.state_meaning}` },
            { term: 'Strategy', value: audit.strategy ?? MISSING },
            { term: 'Goal', value: audit.goal },
            { term: 'Type', value: audit.interval === null ? audit.type : `${audit.type}, every ${audit.interval}` },
            { term: 'Scope', value: audit.scope },
            { term: 'Weights', value: `CPU ${weight(audit.cpu_weight)}, RAM ${weight(audit.ram_weight)}` },
            {
              term: 'Created',
              value: `${formatTime(audit.created_at, now)}, ${formatAge(now - audit.created_at)} ago`,
            },
            ...(audit.next_run_at === null ? [] : [{ term: 'Next run', value: formatTime(audit.next_run_at, now) }]),
            ...(audit.status_message === null ? [] : [{ term: 'Message', value: audit.status_message }]),
          ]}
        />
        <details>
          <summary>Parameters</summary>
          <pre className={styles.parameters}>{JSON.stringify(audit.parameters, null, 2)}</pre>
        </details>
      </div>
    </Panel>
  );
}
