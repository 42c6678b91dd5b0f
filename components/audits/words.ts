import type { AuditSummary, Migration, MoveProblem, Projection } from '@/lib/contract/v1/audits';
import { formatNames, formatThings } from '@/lib/format';

/** What the states of audits, plans and moves are in sentences. */

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

const PROBLEMS: Record<MoveProblem, (count: number) => string> = {
  done: (n) => `${n} done already`,
  skipped: (n) => `${n} skipped`,
  failed: (n) => `${n} failed`,
  cancelled: (n) => `${n} cancelled`,
  'vm-gone': (n) => `${n} ${n === 1 ? 'VM is' : 'VMs are'} gone`,
  'vm-elsewhere': (n) => `${n} ${n === 1 ? 'VM is' : 'VMs are'} on another host than the plan says`,
  'already-there': (n) => `${n} ${n === 1 ? 'VM is' : 'VMs are'} on the destination already`,
  'no-destination': (n) => `${n} with a destination that the scheduler will choose, only the source is relieved`,
  'source-unknown': (n) => `${n} from a host that is not known`,
  'destination-unknown': (n) => `${n} to a host that is not known`,
  'load-unknown': (n) => `${n} with a load that is not known`,
  'no-history': (n) => `${n} from a time that Prometheus does not know`,
};

export const describeProblem = (problem: MoveProblem): string => PROBLEMS[problem](1).replace(/^1 /, '');

/** "Projected 14 of 17 migrations. Left out: 2 VMs are gone (a and b); ..." */
export function describeCoverage({ coverage }: Projection): string {
  const { moves, projected, left_out: leftOut } = coverage;
  if (moves === 0) return 'The plan moves no VM.';
  const head = `Projected ${projected} of ${formatThings(moves, 'migration')}.`;
  if (leftOut.length === 0) return head;
  const parts = leftOut.map(({ problem, count, names }) => `${PROBLEMS[problem](count)} (${formatNames(names)})`);
  return `${head} Not projected: ${parts.join('; ')}.`;
}

const CONFIDENCE: Record<Projection['confidence'], string> = {
  measured: 'By the measured CPU of each VM.',
  estimated: 'Some VMs are not measured: their part is estimated from their vCPUs.',
  'allocation-only': 'No host is measured: only allocations are moved.',
  none: '',
};

export const describeConfidence = ({ confidence }: Projection): string => CONFIDENCE[confidence];

/** "High, −12.5 / +6.3 pts" is too much for a cell; the word, and the points behind it. */
export function describeImpact({ impact, source_points: source, destination_points: destination }: Migration): string {
  if (impact === null) return 'not known';
  const points = Math.max(source ?? 0, destination ?? 0);
  return `${impact}, ${points.toFixed(1)} pts`;
}
