import Link from 'next/link';
import type { ActionView, AuditDetail } from '@/lib/contract/v1/audits';
import { formatCount, formatTime } from '@/lib/format';
import { type Level, Panel, PanelNote } from '../ui/panel';
import { Tag } from '../ui/tag';
import styles from './plans.module.css';
import { planAddress } from './words';

/** A state, what it means, and what Watcher says about it. */
const describe = (state: string, meaning: string, message: string | null): string =>
  message ? `${state}: ${meaning} ${message}` : `${state}: ${meaning}`;

/** Every plan of the audit; the one that is shown is marked. */
export function Plans({ detail: { audit, plans }, now, level }: { detail: AuditDetail; now: number; level: Level }) {
  return (
    <Panel
      title="Plans of this audit"
      level={level}
      note={plans.length > 0 ? formatCount(plans.length) : undefined}
      controls={
        plans.length > 0 ? (
          <Link className={styles.all} href={`/audits/${encodeURIComponent(audit.id)}/plans`} prefetch={false}>
            All, explained
          </Link>
        ) : undefined
      }
      long
    >
      {plans.length === 0 ? (
        <PanelNote>The audit has no action plan.</PanelNote>
      ) : (
        <ul className={styles.plans}>
          {plans.map((plan) => (
            <li key={plan.id} className={styles.plan}>
              <Link className={styles.created} href={planAddress(audit.id, plan.id)} prefetch={false}>
                {formatTime(plan.created_at, now)}
              </Link>
              <span className={styles.meaning}>
                {describe(plan.state, plan.state_meaning, plan.status_message)}{' '}
                {plan.shown ? <Tag tone="accent">shown</Tag> : null}
              </span>
              <span className={styles.actions}>
                {plan.actions === null
                  ? 'actions not read'
                  : `${formatCount(plan.actions)} ${plan.actions === 1 ? 'action' : 'actions'}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What a plan does besides moving VMs, in the order in which it runs. */
export function OtherActions({ waves, level }: { waves: ActionView[][]; level: Level }) {
  const others = waves
    .map((wave, position) => ({ wave: position + 1, actions: wave.filter(({ type }) => type !== 'migrate') }))
    .filter(({ actions }) => actions.length > 0);
  if (others.length === 0) return null;
  return (
    <Panel title="Other actions" level={level} note="in waves; one starts when the one before has ended" long>
      <ol className={styles.waves}>
        {others.map(({ wave, actions }) => (
          <li key={wave} className={styles.wave}>
            <span className={styles.created}>Wave {wave}</span>
            <ul className={styles.list}>
              {actions.map((action) => (
                <li key={action.id}>
                  <span className={styles.type}>{action.type}</span>
                  {action.target === null ? '' : ' '}
                  {action.target === null ? null : <span className={styles.target}>{action.target}</span>}
                  {action.detail === '' ? '' : `, ${action.detail}`}{' '}
                  <span className={styles.quiet}>
                    ({describe(action.state, action.meaning, action.status_message)})
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
