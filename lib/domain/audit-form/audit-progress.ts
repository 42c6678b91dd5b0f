import type { AuditProgress } from '@/lib/contract/v1/new-audit';
import { formatAge, formatTime } from '@/lib/format';
import type { ActionPlan, Audit, WatcherService } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';

/** How far a new audit is. Watcher writes a plan before its actions, so an empty one counts once the audit has ended. */

export type AuditNow = {
  /** ms, of the reading. */
  now: number;
  audit: Audit;
  newest: ActionPlan | null;
  /** Actions of the newest plan. */
  actions: number;
  /** null if Watcher does not tell. */
  services: WatcherService[] | null;
};

/** A decision engine takes an audit that runs once within seconds. */
const SILENT_MS = 2 * MINUTE_MS;

export function describeProgress(known: AuditNow): AuditProgress {
  const { now, audit, newest } = known;
  const { phase, text } = phaseOf(known);
  return {
    made_at: now,
    audit_id: audit.id,
    name: audit.name,
    state: audit.state,
    phase,
    text,
    plan_id: phase === 'planned' ? (newest?.id ?? null) : null,
  };
}

function phaseOf({ now, audit, newest, actions, services }: AuditNow): Pick<AuditProgress, 'phase' | 'text'> {
  const { state, type, createdAt, nextRunAt, startAt } = audit;
  if (newest !== null && actions > 0) return { phase: 'planned', text: 'It has made a plan.' };
  if (['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUSPENDED'].includes(state))
    return { phase: 'nothing', text: endOf(audit, newest) };
  if (state === 'ONGOING') {
    // A continuous audit stays ONGOING: an empty plan that Watcher has closed is the end of its run.
    if (newest !== null && newest.state !== 'RECOMMENDED') return { phase: 'nothing', text: 'It found nothing to do.' };
    return { phase: 'looking', text: 'Watcher is looking.' };
  }
  if (type === 'EVENT') return { phase: 'scheduled', text: 'It waits for its webhook to be called.' };
  const first = Math.max(nextRunAt ?? 0, startAt ?? 0);
  if (first > now) return { phase: 'scheduled', text: `It runs first at ${formatTime(first, now)}.` };
  if (services?.every(({ name, status }) => name !== 'watcher-decision-engine' || status !== 'ACTIVE'))
    return { phase: 'waiting', text: 'No decision engine is up: it waits until one comes back.' };
  if (now - createdAt > SILENT_MS)
    return { phase: 'waiting', text: `No decision engine has picked it up for ${formatAge(now - createdAt)}.` };
  return { phase: 'waiting', text: 'Waiting for a decision engine to pick it up.' };
}

function endOf({ state, statusMessage }: Audit, newest: ActionPlan | null): string {
  switch (state) {
    case 'SUCCEEDED':
      return newest === null ? 'It ended without a plan.' : 'It found nothing to do.';
    case 'CANCELLED':
      return 'It was cancelled: another plan was running, or somebody cancelled it.';
    case 'SUSPENDED':
      return 'It is suspended.';
    default:
      return statusMessage === null
        ? 'It failed, and Watcher does not say why: that is in the log of its decision engine.'
        : `It failed: ${statusMessage}`;
  }
}
