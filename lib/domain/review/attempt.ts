import type { MoveStep, SceneVm } from '@/lib/contract/v1/scene';
import type { Reason, ReviewedMove, Verdict } from '@/lib/contract/v1/verdicts';
import { loadOfMove } from '../projection/impact';
import type { WalkedMove } from '../projection/walk';
import { type Attempt, checkDestination, checkFit, checkRules, type Findings, openFindings } from './checks';
import type { Context } from './context';
import { checkLoad } from './load-checks';

const RANK: Verdict[] = ['ok', 'unchecked', 'warning', 'would-fail'];

/** null for none. */
export const worst = (verdicts: Verdict[]): Verdict | null =>
  verdicts.reduce<Verdict | null>((a, b) => (a === null || RANK.indexOf(b) > RANK.indexOf(a) ? b : a), null);

/** Everything that concerns the destination. */
export function check(findings: Findings, context: Context, attempt: Attempt): void {
  checkDestination(findings, context, attempt);
  checkFit(findings, attempt);
  checkRules(findings, context, attempt);
  checkLoad(findings, context, attempt);
}

/** What the checks find about a move to one host, without what concerns the VM alone. */
export function look(context: Context, attempt: Attempt): Findings {
  const findings = openFindings();
  check(findings, context, attempt);
  return findings;
}

/** What became of the checks; nothing to check has no verdict. */
export type Conclusion = Pick<ReviewedMove, 'verdict' | 'reasons' | 'unchecked'>;

export const UNJUDGED: Conclusion = { verdict: null, reasons: [], unchecked: [] };

export function conclude({ reasons, unchecked }: Findings): Conclusion {
  const byWeight = (a: Reason, b: Reason) => RANK.indexOf(b.verdict) - RANK.indexOf(a.verdict);
  const found = worst(reasons.map(({ verdict }) => verdict));
  const verdict = found ?? (unchecked.size > 0 ? 'unchecked' : 'ok');
  return { verdict, reasons: reasons.sort(byWeight), unchecked: [...unchecked] };
}

type Described = Pick<WalkedMove<SceneVm>, 'vm' | 'problem'> &
  Pick<ReviewedMove, 'key' | 'change'> & {
    step: Omit<MoveStep, 'kind' | 'destination_named'>;
    conclusion: Conclusion;
  };

/** A move as a row. */
export function describeMove({ world }: Context, move: Described): ReviewedMove {
  const { key, change, step, vm, problem, conclusion } = move;
  const load = loadOfMove(world, step, vm);
  // Field by field: this runs for every move at each click, and spreading wide objects takes a third of that time.
  const described: ReviewedMove = {
    key,
    action_id: step.action_id === '' ? null : step.action_id,
    wave: step.wave,
    state: step.state,
    status_message: step.status_message,
    happened: step.happened,
    vm_id: step.vm_id ?? '',
    vm_name: vm?.name ?? step.vm_name ?? step.vm_id ?? '',
    flavor: vm?.flavor ?? null,
    live: step.live,
    source: step.source,
    destination: step.destination,
    change,
    verdict: conclusion.verdict,
    reasons: conclusion.reasons,
    unchecked: conclusion.unchecked,
    cores: vm?.cores ?? null,
    cores_estimate: vm?.cores_estimate ?? null,
    ram_used: vm ? (vm.ram_used ?? vm.ram) : null,
    ram_estimate: vm?.ram_estimate ?? null,
    source_points: load.source_points,
    destination_points: load.destination_points,
    impact: load.impact,
    projected: problem === null,
    problem,
  };
  if (vm?.must_not_move !== undefined) described.must_not_move = vm.must_not_move;
  return described;
}
