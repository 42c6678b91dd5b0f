import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { formatAge, formatThings, formatTime } from '@/lib/format';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';
import {
  describeArchiving,
  describeEnding,
  refuseArchiveAudit,
  refuseEnd,
  refuseInterval,
  refuseResume,
  refuseSuspend,
} from '../acts/audit-acts';
import { type AuditCase, strategyOf } from '../plans/audit-case';
import { describeScope } from '../plans/audit-settings';
import { partOfList } from '../plans/list-parts';
import { describeInterval, type Interval, nextRuns, readInterval } from './interval';

/** The register of audits that run by themselves. */

/** Those that somebody has ended are none of them any more. */
export function isRepeating({ type, state }: Audit): boolean {
  if (type === 'EVENT') return ['PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED'].includes(state);
  return type === 'CONTINUOUS' && ['PENDING', 'ONGOING', 'SUSPENDED', 'FAILED'].includes(state);
}

const MOST_RUNS = 20;
/** Watcher looks every ten seconds, and a run takes a while. */
const LATE_MS = 2 * MINUTE_MS;

export function describeRepeating(auditCase: AuditCase, now: number): RepeatingAudit {
  const { audit, plans, actions } = auditCase;
  const read = audit.type === 'CONTINUOUS' ? readInterval(audit.interval ?? '') : null;
  const interval = typeof read === 'string' ? null : read;
  const standing = standingOf(audit, typeof read === 'string');
  const isDue = standing === 'runs' || standing === 'first-run';
  const next = isDue ? nextOf(audit, interval, now) : null;
  const kinds = plans.slice(0, MOST_RUNS).map((plan) => kindOf(plan, actions[plan.id]));
  const [newest] = plans;
  const waiting = plans.filter(({ state }) => state === 'RECOMMENDED').length;
  const isOut = standing === 'suspended' || standing === 'dead';
  return {
    audit_id: audit.id,
    name: audit.name,
    type: audit.type,
    strategy: strategyOf(auditCase),
    scope: describeScope(audit.scope),
    interval: audit.interval,
    every: everyOf(audit, interval),
    state: audit.state,
    standing,
    text: textOf(standing, audit, now),
    since: isOut ? (audit.updatedAt ?? audit.createdAt) : null,
    next_run_at: next,
    overdue: next !== null && next < now - LATE_MS,
    last_run_at: newest?.createdAt ?? null,
    last: standing === 'dead' ? 'Failed' : lastOf(newest, kinds[0], actions),
    runs: [...kinds.reverse(), ...(standing === 'dead' ? (['failed'] as const) : [])].slice(-MOST_RUNS),
    auto_trigger: audit.autoTrigger,
    started_lately: plans.filter(
      (plan) =>
        plan.createdAt > now - DAY_MS && ['running', 'done'].includes(partOfList(plan, actions[plan.id], audit.name)),
    ).length,
    suspend: refuseSuspend(audit),
    resume: refuseResume(audit),
    end: refuseEnd(audit),
    change: refuseInterval(audit),
    archive: refuseArchiveAudit(audit),
    ending: describeEnding(audit),
    archiving: describeArchiving(waiting),
  };
}

function standingOf({ type, state }: Audit, isUnreadable: boolean): RepeatingAudit['standing'] {
  if (state === 'FAILED') return 'dead';
  if (state === 'SUSPENDED') return 'suspended';
  if (isUnreadable) return 'unreadable';
  if (type === 'EVENT') return state === 'ONGOING' ? 'runs' : 'on-call';
  return state === 'PENDING' ? 'first-run' : 'runs';
}

/** As Watcher says; it says nothing before it has taken the audit. */
function nextOf({ nextRunAt, startAt }: Audit, interval: Interval | null, now: number): number | null {
  if (nextRunAt !== null) return nextRunAt;
  return interval?.kind === 'cron' ? (nextRuns(interval, Math.max(now, startAt ?? now), 1)[0] ?? null) : startAt;
}

function everyOf({ type, interval }: Audit, read: Interval | null): string {
  if (type === 'EVENT') return 'when its webhook is called';
  return read === null ? `“${interval ?? ''}”` : describeInterval(read);
}

/** Watcher closes a plan without actions this soon. */
const AT_ONCE_MS = 2 * SECOND_MS;

function kindOf(plan: ActionPlan, actions: Action[] | undefined): RepeatingAudit['runs'][number] {
  if (plan.state === 'FAILED') return 'failed';
  if (actions !== undefined) return actions.length > 0 ? 'moves' : 'nothing';
  const isClosed = plan.state === 'SUCCEEDED' && plan.hostname === null;
  return isClosed && (plan.updatedAt ?? plan.createdAt) - plan.createdAt <= AT_ONCE_MS ? 'nothing' : 'moves';
}

function lastOf(
  plan: ActionPlan | undefined,
  kind: RepeatingAudit['runs'][number] | undefined,
  actions: AuditCase['actions'],
): string {
  if (plan === undefined || kind === undefined) return 'Has made no plan yet';
  if (kind === 'nothing') return 'No changes';
  if (kind === 'failed') return 'Its plan failed';
  const known = actions[plan.id];
  const what = known === undefined ? 'A plan' : formatThings(known.length, 'action');
  return plan.state === 'RECOMMENDED'
    ? `${what} proposed, waits for you`
    : `${what} proposed, ${plan.state.toLowerCase()}`;
}

function textOf(standing: RepeatingAudit['standing'], audit: Audit, now: number): string {
  const since = audit.updatedAt ?? audit.createdAt;
  switch (standing) {
    case 'dead':
      return `It failed at ${formatTime(since, now)}, and Watcher never runs a failed audit again.`;
    case 'suspended':
      return `Suspended for ${formatAge(now - since)}; it runs once somebody resumes it.`;
    case 'unreadable':
      return 'Nobody can read its interval, and Watcher takes up no new audit until it is ended.';
    case 'on-call':
      return 'Waits for its webhook to be called.';
    case 'first-run':
      return 'Waits for its first run.';
    case 'runs':
      return 'Runs.';
  }
}

const GRAVITY: RepeatingAudit['standing'][] = ['unreadable', 'dead', 'suspended', 'runs', 'first-run', 'on-call'];

/** Those that start plans come first, then by gravity. */
export const byGravity = (a: RepeatingAudit, b: RepeatingAudit): number =>
  Number(b.auto_trigger) - Number(a.auto_trigger) ||
  GRAVITY.indexOf(a.standing) - GRAVITY.indexOf(b.standing) ||
  (a.name < b.name ? -1 : 1);

/** "1 audit starts plans without asking, 1 is dead" */
export function titleOf(audits: RepeatingAudit[]): string {
  const count = (is: (one: RepeatingAudit) => boolean) => audits.filter(is).length;
  const starts = count(({ auto_trigger: is, standing }) => is && standing !== 'dead');
  const dead = count(({ standing }) => standing === 'dead');
  const unreadable = count(({ standing }) => standing === 'unreadable');
  const late = count(({ overdue }) => overdue);
  const said = [
    { number: starts, one: 'starts plans without asking', many: 'start plans without asking' },
    { number: unreadable, one: 'can’t be read', many: 'can’t be read' },
    { number: dead, one: 'is dead', many: 'are dead' },
    { number: late, one: 'is overdue', many: 'are overdue' },
  ].filter(({ number }) => number > 0);
  if (said.length > 0)
    return said
      .map(({ number, one, many }, at) => {
        const counted = at === 0 ? formatThings(number, 'audit') : String(number);
        return `${counted} ${number === 1 ? one : many}`;
      })
      .join(', ');
  return audits.length === 0 ? 'No audit repeats' : formatThings(audits.length, 'audit repeats', 'audits repeat');
}
