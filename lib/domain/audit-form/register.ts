import type { Refusal } from '@/lib/contract/v1/acts';
import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { formatThings } from '@/lib/format';
import type { Audit } from '@/lib/openstack/records';
import { DAY_MS, MINUTE_MS } from '@/lib/units';
import { describeAsking, refuseAsk } from '../acts/ask-first';
import {
  describeArchiving,
  describeEnding,
  refuseArchiveAudit,
  refuseEnd,
  refuseInterval,
  refuseResume,
  refuseSuspend,
} from '../acts/audit-acts';
import { refusal } from '../acts/refusal';
import { type AuditCase, strategyOf } from '../plans/audit-case';
import { describeScope } from '../plans/audit-settings';
import { partOfList } from '../plans/list-parts';
import { freeName } from './begin';
import { describeInterval, type Interval, nextRuns, readInterval } from './interval';
import type { Moved } from './moved';
import { describeLast, kindOfRun, MOST_RUNS } from './past-runs';
import { isReadByWatcher } from './watcher-interval';

/** The register of audits that run by themselves. */

const LIVE = ['PENDING', 'ONGOING', 'SUSPENDED', 'FAILED'];

/**
 * Those that somebody has ended are none of them any more. SUCCEEDED does not end a continuous audit: Watcher runs it again
 * at its next time, unless its end is over.
 *
 * @param now ms
 */
export function isRepeating({ type, state, nextRunAt, endAt }: Audit, now: number): boolean {
  if (type === 'EVENT') return ['PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED'].includes(state);
  const returns = state === 'SUCCEEDED' && (nextRunAt ?? 0) > now - LATE_MS && (endAt === null || endAt > now);
  return type === 'CONTINUOUS' && (LIVE.includes(state) || returns);
}

/** Watcher looks every ten seconds, and a run takes a while. */
const LATE_MS = 2 * MINUTE_MS;

/** What the register knows besides the audit. Times in ms. */
export type RegisterFacts = {
  now: number;
  /** Names of audits that are not deleted. */
  taken: ReadonlySet<string>;
  /** Decision engines that are alive; null if Watcher does not tell. */
  engines: number | null;
  suspended: RepeatingAudit['suspended'];
  moved: Moved | null;
  movedReason: string | null;
};

export function describeRepeating(auditCase: AuditCase, facts: RegisterFacts): RepeatingAudit {
  const { audit, plans, actions } = auditCase;
  const { now, suspended, moved, movedReason } = facts;
  const read = audit.type === 'CONTINUOUS' ? readInterval(audit.interval ?? '') : null;
  const interval = typeof read === 'string' ? null : read;
  const standing = standingOf(audit);
  const isDue = standing === 'runs' || standing === 'first-run' || standing === 'returns';
  const next = isDue ? nextOf(audit, interval, now) : null;
  const overdue = next !== null && next < now - LATE_MS;
  const kinds = plans.slice(0, MOST_RUNS).map((plan) => kindOfRun(plan, actions[plan.id]));
  const [newest] = plans;
  const waiting = plans.filter(({ state }) => state === 'RECOMMENDED').length;
  const isOut = standing === 'suspended' || standing === 'dead';
  const replacement = freeName(audit.name, facts.taken);
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
    text: overdue ? whyOverdue(facts) : textOf(standing, audit),
    // Another change of a suspended audit changes its time in Watcher, too.
    since: isOut ? (suspended?.at ?? audit.updatedAt ?? audit.createdAt) : null,
    suspended,
    next_run_at: next,
    overdue,
    last_run_at: newest?.createdAt ?? null,
    last: standing === 'dead' ? 'Failed' : describeLast(newest, newest && actions[newest.id]),
    runs: [...kinds.reverse(), ...(standing === 'dead' ? (['failed'] as const) : [])].slice(-MOST_RUNS),
    auto_trigger: audit.autoTrigger,
    started_lately: plans.filter(
      (plan) =>
        plan.createdAt > now - DAY_MS && ['running', 'done'].includes(partOfList(plan, actions[plan.id], audit.name)),
    ).length,
    moved,
    moved_reason: movedReason,
    suspend: refuseSuspend(audit),
    resume: [...refuseResume(audit), ...refuseUnreadable(audit)],
    end: refuseEnd(audit),
    ask: refuseAsk(audit, now),
    change: refuseInterval(audit),
    archive: refuseArchiveAudit(audit),
    ending: describeEnding(audit, waiting),
    asking: describeAsking(audit, replacement),
    replacement,
    archiving: describeArchiving(waiting),
  };
}

function standingOf({ type, state, interval }: Audit): RepeatingAudit['standing'] {
  if (state === 'FAILED') return 'dead';
  if (state === 'SUSPENDED') return 'suspended';
  if (type === 'EVENT') return state === 'ONGOING' ? 'runs' : 'on-call';
  if (!isReadByWatcher(interval ?? '')) return 'unreadable';
  if (state === 'SUCCEEDED') return 'returns';
  return state === 'PENDING' ? 'first-run' : 'runs';
}

/** Whether its interval keeps Watcher from taking up other audits. */
export const keepsOthersOut = ({ type, state, interval }: Pick<Audit, 'type' | 'state' | 'interval'>): boolean =>
  type === 'CONTINUOUS' && ['PENDING', 'ONGOING'].includes(state) && !isReadByWatcher(interval ?? '');

/** Resuming an audit whose interval Watcher can't read keeps it from taking up others. */
export const refuseUnreadable = ({ type, interval }: Pick<Audit, 'type' | 'interval'>): Refusal[] =>
  type === 'CONTINUOUS' && !isReadByWatcher(interval ?? '')
    ? [refusal('wrong-state', `Watcher can’t read its interval “${interval ?? ''}”: change that first.`)]
    : [];

const whyOverdue = ({ engines }: RegisterFacts): string =>
  engines === 0
    ? 'No decision engine is up: it runs once one comes back.'
    : 'Its run may take that long, or the decision engine that holds it is stuck.';

/** As Watcher says; it says nothing before it has taken the audit. */
function nextOf({ nextRunAt, startAt }: Audit, interval: Interval | null, now: number): number | null {
  if (nextRunAt !== null) return nextRunAt;
  return interval?.kind === 'cron' ? (nextRuns(interval, Math.max(now, startAt ?? now), 1)[0] ?? null) : startAt;
}

function everyOf({ type, interval }: Audit, read: Interval | null): string {
  if (type === 'EVENT') return 'when its webhook is called';
  return read === null ? `“${interval ?? ''}”` : describeInterval(read);
}

function textOf(standing: RepeatingAudit['standing'], audit: Audit): string {
  switch (standing) {
    case 'dead':
      return `Watcher never runs a failed audit again. ${whyFailed(audit)}`;
    case 'suspended':
      return 'It runs once somebody resumes it.';
    case 'unreadable':
      return 'Watcher can’t read its interval: it does not run, and no new repeating audit is taken up.';
    case 'returns':
      return 'Somebody set it to SUCCEEDED, which does not end it: Watcher runs it again. Archive it to end it.';
    case 'on-call':
      return 'It runs when its webhook is called.';
    case 'first-run':
      return 'Waits for its first run.';
    case 'runs':
      return 'Runs.';
  }
}

/** Up to 2026.2, no release writes a message. */
const whyFailed = ({ statusMessage }: Audit): string =>
  statusMessage === null ? 'Why is only in the log of its decision engine.' : `Watcher says: ${statusMessage}`;

const GRAVITY: RepeatingAudit['standing'][] = [
  'unreadable',
  'dead',
  'returns',
  'suspended',
  'runs',
  'first-run',
  'on-call',
];

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
  const returns = count(({ standing }) => standing === 'returns');
  const late = count(({ overdue }) => overdue);
  const said = [
    { number: starts, one: 'starts plans without asking', many: 'start plans without asking' },
    { number: unreadable, one: 'can’t be read', many: 'can’t be read' },
    { number: dead, one: 'is dead', many: 'are dead' },
    { number: returns, one: 'comes back', many: 'come back' },
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

const SUMMARY: Record<RepeatingAudit['standing'], { one: string; many: string }> = {
  runs: { one: 'runs', many: 'run' },
  'first-run': { one: 'waits for its first run', many: 'wait for their first run' },
  'on-call': { one: 'waits for a call', many: 'wait for a call' },
  suspended: { one: 'is suspended', many: 'are suspended' },
  dead: { one: 'is dead', many: 'are dead' },
  unreadable: { one: 'can’t be read', many: 'can’t be read' },
  returns: { one: 'comes back', many: 'come back' },
};

/** "5 audits repeat: 3 run, 1 is suspended." */
export function summaryOf(audits: RepeatingAudit[]): string {
  if (audits.length === 0) return '';
  const parts = GRAVITY.toReversed().flatMap((standing) => {
    const number = audits.filter((one) => one.standing === standing).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? SUMMARY[standing].one : SUMMARY[standing].many}`];
  });
  return `${formatThings(audits.length, 'audit repeats', 'audits repeat')}: ${parts.join(', ')}.`;
}
