import type { ReactNode } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { MISSING } from '@/lib/format';
import { Facts } from '../ui/facts';
import { Ago, Moment } from '../ui/moment';
import styles from './grid.module.css';
import { describeType, describeWeights } from './words';

/** What the audit was asked to do. */
export function Settings({ audit }: { audit: AuditDetail['audit'] }) {
  return (
    <dl className={styles.settings}>
      <Setting term="Strategy" value={audit.strategy ?? `${MISSING} Watcher chooses one for the goal.`} />
      <Setting term="Goal" value={audit.goal} />
      <Setting term="Type" value={describeType(audit)} />
      <Setting term="Scope" value={audit.scope} />
      <Setting term="Weights" value={describeWeights(audit)} />
    </dl>
  );
}

/** What else is known of it, on demand. */
export function MoreSettings({ audit, now }: { audit: AuditDetail['audit']; now: number }) {
  const { created_at: created, next_run_at: next, start_at: start, end_at: end } = audit;
  const moment = (term: string, at: number | null) =>
    at === null ? [] : [{ term, value: <Moment at={at} now={now} /> }];
  return (
    <details className={styles.more}>
      <summary>More about this audit</summary>
      <div className={styles.rest}>
        <Facts
          facts={[
            { term: 'State', value: `${audit.state}: ${audit.state_meaning}` },
            { term: 'Plans start', value: audit.auto_trigger ? 'By themselves' : 'When an admin starts them' },
            {
              term: 'Created',
              value: (
                <>
                  <Moment at={created} now={now} />, <Ago at={created} now={now} />
                </>
              ),
            },
            ...moment('Next run', next),
            ...moment('Not before', start),
            ...moment('Not after', end),
            { term: 'Id', value: audit.id },
          ]}
        />
        <div>
          <p>Parameters</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
          <section className={styles.parameters} tabIndex={0} aria-label="Parameters">
            {JSON.stringify(audit.parameters, null, 2)}
          </section>
        </div>
      </div>
    </details>
  );
}

function Setting({ term, value }: { term: string; value: ReactNode }) {
  return (
    <div className={styles.setting}>
      <dt>{term}</dt>
      <dd title={typeof value === 'string' ? value : undefined}>{value}</dd>
    </div>
  );
}
