import type { AuditDetail, AuditSummary, Migration, MoveProblem, Projection } from '@/lib/contract/v1/audits';
import {
  formatChange,
  formatCount,
  formatInterval,
  formatNames,
  formatPoints,
  formatThings,
  formatTime,
  MISSING,
} from '@/lib/format';

/** What audits, plans and moves are, in sentences. */

/** "spread −12.1"; what rounds to nothing changes nothing. */
function describeChange(points: number): string {
  const text = formatChange(points);
  return text === formatChange(0) ? 'same spread' : `spread ${text}`;
}

/** "17 migrations, spread −12.1", "15 migrations, empties 2 hosts", "No changes proposed", "No plan". */
export function describeProposal({ plan, state, effect }: AuditSummary): string {
  if (plan === null) return state === 'PENDING' || state === 'ONGOING' ? 'No plan yet' : 'No plan';
  if (plan.actions === 0) return 'No changes proposed';
  if (plan.migrations === null || plan.actions === null) return 'Plan not read';
  const others = plan.actions - plan.migrations;
  const emptied = effect?.hosts_emptied ?? null;
  const parts = [
    ...(plan.migrations > 0 ? [formatThings(plan.migrations, 'migration')] : []),
    ...(emptied === null ? [] : [emptied === 0 ? 'empties no host' : `empties ${formatThings(emptied, 'host')}`]),
    // Of a plan that empties hosts, taking them out of service is what the other actions do.
    ...(others > 0 && emptied === null ? [formatThings(others, 'other action')] : []),
    ...(effect && emptied === null && effect.spread_change !== null ? [describeChange(effect.spread_change)] : []),
  ];
  return parts.join(', ');
}

/** Where a plan is reviewed: verdict on every move, waves, what-if. */
export const planAddress = (audit: string, plan: string): string =>
  `/audits/${encodeURIComponent(audit)}/plans/${encodeURIComponent(plan)}`;

const TYPES: Record<string, string> = { ONESHOT: 'one-shot', CONTINUOUS: 'continuous', EVENT: 'by event' };

/** A type in a word; one that this version does not know is shown as it came. */
export const typeWord = (type: string): string => TYPES[type] ?? type;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Continuous, every 10 min"; a cron line is shown as it came. */
export function describeType({ type, interval }: AuditDetail['audit']): string {
  const word = capitalized(typeWord(type));
  if (interval === null) return word;
  const seconds = Number(interval);
  return Number.isFinite(seconds) && seconds > 0
    ? `${word}, every ${formatInterval(seconds)}`
    : `${word}, at ${interval}`;
}

const PLAN_WORDS: Record<string, string> = {
  PENDING: 'started',
  ONGOING: 'running',
  SUCCEEDED: 'executed',
  FAILED: 'plan failed',
  CANCELLING: 'stopping',
  CANCELLED: 'cancelled',
  SUPERSEDED: 'expired',
};
const AUDIT_WORDS: Record<string, string> = {
  PENDING: 'pending',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  SUSPENDED: 'suspended',
};

/** What is worth a word beside what an audit proposes: null for a plan that waits for approval, the usual case. */
export function stateWord({ state, plan }: AuditSummary): string | null {
  const word = AUDIT_WORDS[state];
  if (word !== undefined) return word;
  return plan === null || plan.actions === 0 ? null : (PLAN_WORDS[plan.state] ?? null);
}

export function describeWeights({ cpu_weight: cpu, ram_weight: ram }: AuditDetail['audit']): string {
  if (cpu === null && ram === null) return `${MISSING} The audit sets none.`;
  const weight = (value: number | null) => formatCount(value, value !== null && Number.isInteger(value * 10) ? 1 : 2);
  return `CPU ${weight(cpu)}, RAM ${weight(ram)}`;
}

const vms = (count: number) => `${formatCount(count)} ${count === 1 ? 'VM is' : 'VMs are'}`;

const PROBLEMS: Record<MoveProblem, (count: number) => string> = {
  done: (n) => `${formatCount(n)} done already`,
  skipped: (n) => `${formatCount(n)} skipped`,
  failed: (n) => `${formatCount(n)} failed`,
  cancelled: (n) => `${formatCount(n)} cancelled`,
  'vm-gone': (n) => `${vms(n)} gone`,
  'vm-elsewhere': (n) => `${vms(n)} on another host than the plan says`,
  'already-there': (n) => `${vms(n)} on the destination already`,
  'no-destination': (n) =>
    `${formatCount(n)} with a destination that the scheduler will choose, only the source is relieved`,
  'source-unknown': (n) => `${formatCount(n)} from a host that is not known`,
  'destination-unknown': (n) => `${formatCount(n)} to a host that is not known`,
  'load-unknown': (n) => `${formatCount(n)} with a load that is not known`,
  'no-history': (n) => `${formatCount(n)} without measurements of the time`,
};

/** For one row; the problems that the action's state says already are not said twice. */
const ROW_PROBLEMS: Partial<Record<MoveProblem, string>> = {
  'vm-gone': 'VM is gone',
  'vm-elsewhere': 'VM is on another host',
  'already-there': 'VM is there already',
  'no-destination': 'only the source is relieved',
  'source-unknown': 'source is not known',
  'destination-unknown': 'destination is not known',
  'load-unknown': 'load is not known',
  'no-history': 'no measurements of its time',
};

/** Why a move is not, or not fully, in the projection; null where it is, or where its state says so already. */
export const problemOf = ({ problem }: Migration): string | null =>
  problem === null ? null : (ROW_PROBLEMS[problem] ?? null);

const ACTION_WORDS: Record<string, string> = {
  PENDING: 'Pending',
  ONGOING: 'Running',
  SUCCEEDED: 'Done',
  FAILED: 'Failed',
  CANCELLING: 'Stopping',
  CANCELLED: 'Cancelled',
  SKIPPED: 'Skipped',
};

export const moveState = (state: string): string => ACTION_WORDS[state] ?? state;

/** "Projected 14 of 17 migrations. Left out: 2 VMs are gone (a and b); 1 from a host that is not known (c)." */
export function describeCoverage({ coverage }: Projection): string {
  const { moves, projected, left_out: leftOut } = coverage;
  if (moves === 0) return 'The plan moves no VM.';
  const head = `Projected ${formatCount(projected)} of ${formatThings(moves, 'migration')}.`;
  if (leftOut.length === 0) return head;
  const parts = leftOut.map(({ problem, count, names }) => `${PROBLEMS[problem](count)} (${formatNames(names)})`);
  return `${head} Left out: ${parts.join('; ')}.`;
}

export function describeConfidence({ confidence, coverage }: Projection): string {
  switch (confidence) {
    case 'none':
      return '';
    case 'measured':
      return 'By the measured CPU of each VM.';
    case 'allocation-only':
      return 'No host is measured, so only allocations are moved.';
    case 'estimated':
      return coverage.estimated === 0 || coverage.measured === 0
        ? 'The CPU of the VMs is estimated from their vCPU shares.'
        : `${formatCount(coverage.estimated)} of them ${coverage.estimated === 1 ? 'is' : 'are'} estimated from vCPU shares, the others are measured.`;
  }
}

/** "15.6 pts": the greater of the points taken from the source and added to the destination; null where not known. */
export function impactPoints({ source_points: source, destination_points: destination }: Migration): string | null {
  return source === null && destination === null ? null : formatPoints(Math.max(source ?? 0, destination ?? 0));
}

/** What the figures stand on: whose load, which moves, and how well that is known. */
export function describeBasis({ projection, plans }: AuditDetail, now: number): string {
  if (projection === null) return '';
  const { basis, as_of: asOf, reason } = projection;
  const moment = `The load ${basis === 'plan-creation' ? 'when the plan was made' : 'now'}${asOf === null ? '' : ` (${formatTime(asOf, now)})`}`;
  if (!plans.some(({ shown }) => shown)) return `${moment}. There is no plan, so nothing would change.`;
  // A reason stands where the plan could not be applied at all.
  if (reason !== null) return `${moment}. ${describeCoverage(projection)}`;
  return `${moment}, and with the plan applied. ${describeCoverage(projection)} ${describeConfidence(projection)}`.trim();
}
