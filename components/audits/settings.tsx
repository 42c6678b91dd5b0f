import type { AuditDetail } from '@/lib/contract/v1/audits';
import { MISSING } from '@/lib/format';
import { Facts } from '../ui/facts';
import { Ago, Moment } from '../ui/moment';
import { Panel } from '../ui/panel';
import styles from './audits.module.css';
import { describeType, describeWeights } from './words';

/** What the audit was asked to do, and what became of it. */
export function Settings({ audit, now }: { audit: AuditDetail['audit']; now: number }) {
  const { created_at: created, next_run_at: next, start_at: start, end_at: end, status_message: message } = audit;
  const moment = (term: string, at: number | null) =>
    at === null ? [] : [{ term, value: <Moment at={at} now={now} /> }];
  return (
    <Panel id="audit-settings" title="Settings" heading="h4">
      <div className={styles.stack}>
        <Facts
          facts={[
            { term: 'State', value: `${audit.state}: ${audit.state_meaning}` },
            { term: 'Strategy', value: audit.strategy ?? `${MISSING} Watcher chooses one for the goal.` },
            { term: 'Goal', value: audit.goal },
            { term: 'Type', value: describeType(audit) },
            { term: 'Scope', value: audit.scope },
            { term: 'Weights', value: describeWeights(audit) },
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
            ...(message === null ? [] : [{ term: 'Message', value: message }]),
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
