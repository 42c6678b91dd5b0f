import type { ActionView, AuditDetail } from '@/lib/contract/v1/audits';
import { formatCount, formatThings, formatTime } from '@/lib/format';
import { planAddress, plansAddress } from '../figures/addresses';
import { Link } from '../ui/link';
import { type Level, Panel, PanelNote } from '../ui/panel';
import { Tag } from '../ui/tag';
import { Name, Quiet } from '../ui/values';
import styles from './plans.module.css';

/** A state, its meaning, and what Watcher says about it. */
const describe = (state: string, meaning: string, message: string | null): string =>
  message ? `${state}: ${meaning} ${message}` : `${state}: ${meaning}`;

type PlansProps = { detail: AuditDetail; now: number; level: Level };

/** Every plan of the audit; the shown one is marked. */
export function Plans({ detail: { audit, plans }, now, level }: PlansProps) {
  if (plans.length === 0) {
    return (
      <Panel title="Plans of this audit" level={level}>
        <PanelNote>The audit has no action plan.</PanelNote>
      </Panel>
    );
  }
  return (
    <Panel
      title="Plans of this audit"
      level={level}
      note={formatCount(plans.length)}
      controls={
        <Link href={plansAddress(audit.id)} prefetch={false}>
          All plans in detail
        </Link>
      }
      long
    >
      <ul className={styles.rows}>
        {plans.map((plan) => (
          <li key={plan.id} className={styles.row}>
            <Link className={styles.first} href={planAddress(audit.id, plan.id)} prefetch={false}>
              {formatTime(plan.created_at, now)}
            </Link>
            <span className={styles.text}>
              {describe(plan.state, plan.state_meaning, plan.status_message)}{' '}
              {plan.shown ? <Tag tone="accent">shown</Tag> : null}
            </span>
            <Quiet>{plan.actions === null ? 'actions not loaded' : formatThings(plan.actions, 'action')}</Quiet>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the plan does besides moving VMs, wave by wave. */
export function OtherActions({ waves, level }: { waves: ActionView[][]; level: Level }) {
  const others = waves
    .map((wave, position) => ({ wave: position + 1, actions: wave.filter(({ type }) => type !== 'migrate') }))
    .filter(({ actions }) => actions.length > 0);
  if (others.length === 0) return null;
  return (
    <Panel title="Other actions" level={level} note="in waves; each starts when the one before has ended" long>
      <ol className={styles.rows}>
        {others.map(({ wave, actions }) => (
          <li key={wave} className={styles.row}>
            <span className={styles.first}>Wave {wave}</span>
            <ul className={styles.text}>
              {actions.map((action) => (
                <li key={action.id}>
                  <Action action={action} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Action({ action: { type, target, detail, state, meaning, status_message: message } }: { action: ActionView }) {
  return (
    <>
      <Name>{type}</Name>
      {target === null ? null : (
        <>
          {' '}
          <Name>{target}</Name>
        </>
      )}
      {detail === '' ? '' : `, ${detail}`} <Quiet>({describe(state, meaning, message)})</Quiet>
    </>
  );
}
