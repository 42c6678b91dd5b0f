import type { AuditDetail, AuditSummary } from '@/lib/contract/v1/audits';
import type { MoveProblem, Projection } from '@/lib/contract/v1/projection';
import {
  formatChange,
  formatCount,
  formatInterval,
  formatNames,
  formatThings,
  formatTime,
  MISSING,
} from '@/lib/format';

/** "spread −12.1", or "same spread" if the change rounds to zero. */
function describeChange(points: number): string {
  const text = formatChange(points);
  return text === formatChange(0) ? 'same spread' : `spread ${text}`;
}

/** "17 migrations, spread −12.1", "15 migrations, empties 2 hosts", "No changes proposed", "No plan". */
export function describeProposal({ plan, state, effect }: AuditSummary): string {
  if (plan === null) return state === 'PENDING' || state === 'ONGOING' ? 'No plan yet' : 'No plan';
  if (plan.actions === 0) return 'No changes proposed';
  if (plan.migrations === null || plan.actions === null) return 'Plan not loaded';
  const shutdowns = plan.shutdowns ?? 0;
  const others = plan.actions - plan.migrations - shutdowns;
  const emptied = effect?.hosts_emptied ?? null;
  const parts = [
    ...(plan.migrations > 0 ? [formatThings(plan.migrations, 'migration')] : []),
    ...(shutdowns > 0 ? [`${formatThings(shutdowns, 'VM')} taken out of service`] : []),
    ...(emptied === null ? [] : [emptied === 0 ? 'empties no host' : `empties ${formatThings(emptied, 'host')}`]),
    // If a plan empties hosts, its other actions take those out of service.
    ...(others > 0 && emptied === null ? [formatThings(others, 'other action')] : []),
    ...(effect && emptied === null && effect.spread_change !== null ? [describeChange(effect.spread_change)] : []),
    ...(effect && effect.moves_estimated > 0 ? ['partly estimated'] : []),
  ];
  return parts.join(', ');
}

const TYPES: Record<string, string> = { ONESHOT: 'one-shot', CONTINUOUS: 'continuous', EVENT: 'by event' };

/** An unknown type is shown as Watcher spells it. */
export const typeWord = (type: string): string => TYPES[type] ?? type;

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Continuous, every 10 min"; a cron expression is shown as it is. */
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

/** A state worth mentioning; null in the usual case, a plan that is waiting for approval. */
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
  done: (n) => `${formatCount(n)} already done`,
  skipped: (n) => `${formatCount(n)} skipped`,
  failed: (n) => `${formatCount(n)} failed`,
  cancelled: (n) => `${formatCount(n)} cancelled`,
  'never-started': (n) => `${formatCount(n)} never started`,
  'vm-gone': (n) => `${vms(n)} gone`,
  'vm-elsewhere': (n) => `${vms(n)} not on the host the plan names`,
  'already-there': (n) => `${vms(n)} already on the destination`,
  'no-destination': (n) =>
    `${formatCount(n)} with a destination chosen by the scheduler, so only the source is relieved`,
  'source-unknown': (n) => `${formatCount(n)} from an unknown host`,
  'destination-unknown': (n) => `${formatCount(n)} to an unknown host`,
  'load-unknown': (n) => `${formatCount(n)} with unknown load`,
  'no-history': (n) => `${formatCount(n)} without measurements from that time`,
};

/** "Projected 14 of 17 migrations. Left out: 2 VMs are gone (a and b); 1 from an unknown host (c)." */
function describeCoverage({ coverage }: Projection): string {
  const { moves, projected, left_out: leftOut } = coverage;
  if (moves === 0) return 'The plan moves no VM.';
  const head = `Projected ${formatCount(projected)} of ${formatThings(moves, 'migration')}.`;
  if (leftOut.length === 0) return head;
  const parts = leftOut.map(({ problem, count, names }) => `${PROBLEMS[problem](count)} (${formatNames(names)})`);
  return `${head} Left out: ${parts.join('; ')}.`;
}

function describeConfidence({ confidence, coverage }: Projection): string {
  switch (confidence) {
    case 'none':
      return '';
    case 'measured':
      return 'Based on the measured CPU of each VM.';
    case 'allocation-only':
      return 'No host is measured, so only allocations are moved.';
    case 'estimated':
      return describeEstimates(coverage);
  }
}

function describeEstimates({ estimated, measured, scaled }: Projection['coverage']): string {
  const shared = estimated - scaled;
  if (scaled + measured === 0) return 'VM CPU is estimated from vCPU shares.';
  const are = (count: number) => `${formatCount(count)} of them ${count === 1 ? 'is' : 'are'}`;
  const parts = [
    shared === 0 ? null : `${are(shared)} estimated from vCPU shares`,
    scaled === 0
      ? null
      : `${are(scaled)} scaled, since the VMs of their hosts were measured at more than the hosts use`,
    measured === 0 ? null : 'the others are measured',
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

/** What the figures are based on: which load, which moves, and how reliable they are. */
export function describeBasis({ projection, plans }: AuditDetail, now: number): string {
  if (projection === null) return '';
  const { basis, as_of: asOf, reason } = projection;
  const load = `The load ${basis === 'plan-creation' ? 'when the plan was made' : 'now'}${asOf === null ? '' : ` (${formatTime(asOf, now)})`}`;
  if (!plans.some(({ shown }) => shown)) return `${load}. There is no plan, so nothing would change.`;
  // A reason means that the plan could not be applied at all.
  if (reason !== null) return `${load}. ${describeCoverage(projection)}`;
  return `${load}, and with the plan applied. ${describeCoverage(projection)} ${describeConfidence(projection)}`.trim();
}
