import type { ActionView, AuditDetail } from '@/lib/contract/v1/audits';
import { formatCount, formatTime } from '@/lib/format';
import { type Column, DataTable } from '../ui/data-table';
import { Caption } from '../ui/figure';
import { Panel } from '../ui/panel';
import styles from './audits.module.css';

/** A state, what it means, and what Watcher says about it. */
const describe = (state: string, meaning: string, message: string | null): string =>
  message ? `${state}: ${meaning} ${message}` : `${state}: ${meaning}`;

const COLUMNS: Column[] = [
  { title: 'Created' },
  { title: 'State' },
  { title: 'Actions', kind: 'number' },
  { title: 'Shown' },
];

/** Every plan of the audit; the one that is shown is marked. */
export function Plans({ plans, now }: { plans: AuditDetail['plans']; now: number }) {
  return (
    <Panel id="audit-plans" title="Action plans" heading="h4">
      {plans.length === 0 ? (
        <Caption>The audit has no action plan.</Caption>
      ) : (
        <DataTable
          caption="Action plans of the audit, newest first"
          columns={COLUMNS}
          rows={plans.map((plan) => ({
            id: plan.id,
            cells: [
              formatTime(plan.created_at, now),
              describe(plan.state, plan.state_meaning, plan.status_message),
              plan.actions === null ? 'not read' : formatCount(plan.actions),
              plan.shown ? 'shown' : '',
            ],
          }))}
        />
      )}
    </Panel>
  );
}

/** What a plan does besides moving VMs, in the order in which it runs. */
export function OtherActions({ waves }: { waves: ActionView[][] }) {
  const others = waves
    .map((wave, position) => ({ wave: position + 1, actions: wave.filter(({ type }) => type !== 'migrate') }))
    .filter(({ actions }) => actions.length > 0);
  if (others.length === 0) return null;
  return (
    <Panel id="other-actions" title="Other actions" heading="h4">
      <ol className={styles.waves}>
        {others.map(({ wave, actions }) => (
          <li key={wave}>
            Wave {wave}
            <ul className={styles.actions}>
              {actions.map((action) => (
                <li key={action.id}>
                  {action.type}
                  {action.target === null ? '' : ` ${action.target}`}
                  {action.detail === '' ? '' : `, ${action.detail}`} (
                  {describe(action.state, action.meaning, action.status_message)})
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
