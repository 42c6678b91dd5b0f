import type { Check, MoveStep, SceneVm } from '@/lib/contract/v1/scene';
import type { Reason, ReviewedMove, Verdict } from '@/lib/contract/v1/verdicts';
import { type Attempt, checkDestination, checkFit, checkRules, type Findings, openFindings } from './checks';
import { checkLoad } from './load-checks';
import type { Rules } from './rules';
import type { World } from './world';

/** What is at hand while a plan is gone through. */
export type Context = { world: World; rules: Rules; skip: Set<Check> };

const RANK: Verdict[] = ['ok', 'unchecked', 'warning', 'would-fail'];
/** null of none. */
export const worst = (verdicts: Verdict[]): Verdict | null =>
  verdicts.reduce<Verdict | null>((a, b) => (a === null || RANK.indexOf(b) > RANK.indexOf(a) ? b : a), null);

/** All that concerns the destination. */
export function check({ world, rules, skip }: Context, findings: Findings, attempt: Attempt): void {
  checkDestination(findings, world, attempt);
  checkFit(findings, attempt);
  checkRules(findings, world, rules, attempt, skip);
  checkLoad(findings, world, attempt);
}

/** What the checks find of a move to one host, without what concerns the VM alone. */
export function look(context: Context, attempt: Attempt): Findings {
  const findings = openFindings();
  check(context, findings, attempt);
  return findings;
}

export function conclude(
  { reasons, unchecked }: Findings,
  projected: boolean,
): Pick<ReviewedMove, 'verdict' | 'reasons' | 'unchecked' | 'projected'> {
  const byWeight = (a: Reason, b: Reason) => RANK.indexOf(b.verdict) - RANK.indexOf(a.verdict);
  const found = worst(reasons.map(({ verdict }) => verdict));
  const verdict = found ?? (unchecked.size > 0 ? 'unchecked' : 'ok');
  return { verdict, reasons: reasons.sort(byWeight), unchecked: [...unchecked], projected };
}

export function describeMove(
  world: World,
  step: Pick<MoveStep, 'action_id' | 'wave' | 'state' | 'vm_id' | 'vm_name' | 'live' | 'source'>,
  vm: SceneVm | undefined,
  destination: string | null,
): Omit<ReviewedMove, 'key' | 'change'> {
  const points = (host: string | null) => {
    const cpus = host === null ? null : (world.hosts.get(host)?.host.cpu_total ?? null);
    return !vm || vm.cores === null || cpus === null || cpus === 0 ? null : (100 * vm.cores) / cpus;
  };
  return {
    action_id: step.action_id === '' ? null : step.action_id,
    wave: step.wave,
    state: step.state,
    vm_id: step.vm_id ?? '',
    vm_name: vm?.name ?? step.vm_name ?? step.vm_id ?? '',
    flavor: vm?.flavor ?? null,
    live: step.live,
    source: step.source,
    destination,
    verdict: null,
    reasons: [],
    unchecked: [],
    projected: false,
    cores: vm?.cores ?? null,
    ram_used: vm ? (vm.ram_used ?? vm.ram) : null,
    source_points: points(step.source),
    destination_points: points(destination),
  };
}
