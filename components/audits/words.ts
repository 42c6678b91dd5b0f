import type { AuditDetail, AuditSummary, Migration, MoveProblem, Projection } from '@/lib/contract/v1/audits';
import { formatCount, formatInterval, formatNames, formatPoints, formatThings, MISSING } from '@/lib/format';

/** What audits, plans and moves are, in sentences. */

/** "17 migrations", "No changes proposed", "No plan". */
export function describeProposal({ plan, state }: AuditSummary): string {
  if (plan === null) return state === 'PENDING' || state === 'ONGOING' ? 'No plan yet' : 'No plan';
  if (plan.actions === 0) return 'No changes proposed';
  if (plan.migrations === null || plan.actions === null) return 'Plan not read';
  const others = plan.actions - plan.migrations;
  const parts = [
    ...(plan.migrations > 0 ? [formatThings(plan.migrations, 'migration')] : []),
    ...(others > 0 ? [formatThings(others, 'other action')] : []),
  ];
  return parts.join(', ');
}

/** "CONTINUOUS, every 10 min"; a cron line is shown as it came. */
export function describeType({ type, interval }: AuditDetail['audit']): string {
  if (interval === null) return type;
  const seconds = Number(interval);
  return Number.isFinite(seconds) && seconds > 0
    ? `${type}, every ${formatInterval(seconds)}`
    : `${type}, at ${interval}`;
}

export function describeWeights({ cpu_weight: cpu, ram_weight: ram }: AuditDetail['audit']): string {
  if (cpu === null && ram === null) return `${MISSING} The audit sets none.`;
  return `CPU ${formatCount(cpu, 2)}, RAM ${formatCount(ram, 2)}`;
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
  'vm-gone': 'the VM is gone',
  'vm-elsewhere': 'the VM is on another host than the plan says',
  'already-there': 'the VM is on the destination already',
  'no-destination': 'only the source is relieved in the projection',
  'source-unknown': 'the source is not a known host',
  'destination-unknown': 'the destination is not a known host',
  'load-unknown': 'the load of the VM is not known',
  'no-history': 'no measurements of its time',
};

export function describeState({ state, problem }: Migration): string {
  const words = problem === null ? undefined : ROW_PROBLEMS[problem];
  return words === undefined ? state : `${state}, ${words}`;
}

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

/** "High, 15.6 pts": the greater of the points taken from the source and added to the destination. */
export function describeImpact(migration: Migration): string {
  const { impact, source_points: source, destination_points: destination, cpu_basis: basis } = migration;
  if (impact === null) return `${MISSING} not known`;
  const points = formatPoints(Math.max(source ?? 0, destination ?? 0));
  return `${impact}, ${points}${basis === 'estimated' ? ' (estimated)' : ''}`;
}
