import type { AuditDetail } from '@/lib/contract/v1/audits';
import { MISSING } from '@/lib/format';
import { scopeInWords } from '../figures/scope-words';
import { Facts } from '../ui/facts';
import { Ago, Time } from '../ui/time';
import styles from './settings.module.css';
import { describeType, describeWeights } from './words';

/** What the audit was asked to do. */
export function Settings({ audit }: { audit: AuditDetail['audit'] }) {
  return (
    <dl className={styles.settings}>
      <Setting term="Strategy" value={audit.strategy ?? `${MISSING} Watcher chooses one for the goal.`} />
      <Setting term="Goal" value={audit.goal} />
      <Setting term="Type" value={describeType(audit)} />
      <Setting term="Scope" value={scopeInWords(audit.scope)} />
      <Setting term="Weights" value={describeWeights(audit)} />
    </dl>
  );
}

function Setting({ term, value }: { term: string; value: string }) {
  return (
    <div className={styles.setting}>
      <dt>{term}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}

/** The less important settings, folded away. */
export function MoreSettings({ audit, now }: { audit: AuditDetail['audit']; now: number }) {
  const { created_at: created, next_run_at: next, start_at: start, end_at: end } = audit;
  const time = (term: string, at: number | null) => (at === null ? [] : [{ term, value: <Time at={at} now={now} /> }]);
  return (
    <details className={styles.more}>
      <summary>More about this audit</summary>
      <div className={styles.rest}>
        <Facts
          facts={[
            { term: 'State', value: `${audit.state}: ${audit.state_meaning}` },
            { term: 'Plans start', value: audit.auto_trigger ? 'Automatically' : 'When an admin starts them' },
            {
              term: 'Created',
              value: (
                <>
                  <Time at={created} now={now} />, <Ago at={created} now={now} />
                </>
              ),
            },
            ...time('Next run', next),
            ...time('Not before', start),
            ...time('Not after', end),
            { term: 'Id', value: audit.id },
          ]}
        />
        <div>
          <p>Parameters</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach a region that scrolls */}
          <section className={styles.parameters} tabIndex={0} aria-label="Parameters">
            {JSON.stringify(audit.parameters, null, 2)}
          </section>
        </div>
      </div>
    </details>
  );
}
