import type { Check, SceneVm } from '@/lib/contract/v1/scene';
import type { Reason } from '@/lib/contract/v1/verdicts';
import type { Weight } from '../projection/figures';
import { statesOf } from '../projection/world';
import { type Attempt, checkFit, checkRules, openFindings } from './checks';
import type { Context, ReviewedState } from './context';

/** What keeps hosts from taking a VM, counted. */

/** By the name of a host: what keeps VMs of one kind from it. */
type Rules = Map<string, string | null>;

export type Wanted = {
  live: boolean;
  source: string | null;
  /** What the VM adds to a host of this name. */
  weigh: (host: string) => Weight;
  strict: boolean;
  /** What was found for another VM that needs the same, in the same cloud; it is completed. */
  known?: Rules;
};

/** Whether what is measured of a host would not hold the VM while those that leave it in the same wave are still there. */
export function isFull({ host, cpuUsed, ramUsed, ramLeaving }: ReviewedState, { weigh, strict }: Wanted): boolean {
  if (!strict) return false;
  const { cores, ram } = weigh(host.name);
  const isOver = (used: number | null, more: number, total: number | null) =>
    used !== null && total !== null && total > 0 && used + more > total;
  return isOver(cpuUsed, cores, host.cpu_total) || isOver(ramUsed, ramLeaving + ram, host.ram_total);
}

/** A VM whose use is unknown may use all that its flavor has. */
export const atMost = (vm: SceneVm) => ({ cores: vm.cores ?? vm.vcpus ?? 0, ram: vm.ram_used ?? vm.ram ?? 0 });

export function withAssumed(vm: SceneVm, before = { cores: 0, ram: 0 }): Weight {
  const { cores, ram } = atMost(vm);
  return { cores: cores + before.cores, ram: ram + before.ram, resources: vm.resources };
}

/** Whether a host takes VMs at all while others are drained. */
export const isOpen = (
  { drained }: Context,
  { host, status }: ReviewedState,
  { strict }: Pick<Wanted, 'strict'>,
): boolean =>
  host.state === 'up' && status === 'enabled' && !drained.has(host.name) && (strict || host.draining === null);

const OBSTACLES: Partial<Record<Check, string>> = {
  fit: 'without room for it in Placement',
  zone: 'in another zone',
  traits: 'with traits that do not match its flavor',
  group: 'against its server group',
};

const CLOSED = 'out of service or about to be drained';
const FULL = 'without CPU or RAM that is free for it';

/** What keeps a VM from a host by Placement and by the rules of Nova; null for nothing. */
function ruleAgainst(context: Context, attempt: Attempt): string | null {
  const findings = openFindings();
  checkFit(findings, attempt);
  checkRules(findings, context, attempt);
  const found = findings.reasons.find(({ verdict }) => verdict === 'would-fail');
  return found === undefined ? null : (OBSTACLES[found.check] ?? 'unsuitable');
}

/** How many hosts keep a VM out, by the first obstacle of each; under null those that would take it. */
export function obstaclesTo(context: Context, vm: SceneVm, wanted: Wanted): Map<string | null, number> {
  const { known = new Map<string, string | null>() } = wanted;
  const counts = new Map<string | null, number>();
  for (const state of statesOf(context.world)) {
    const { name } = state.host;
    if (name === wanted.source) continue;
    let why: string | null | undefined = CLOSED;
    if (isOpen(context, state, wanted)) {
      why = known.get(name);
      if (why === undefined) {
        why = ruleAgainst(context, { vm, live: wanted.live, destination: state });
        known.set(name, why);
      }
      if (why === null && isFull(state, wanted)) why = FULL;
    }
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return counts;
}

const inWords = (counts: Map<string | null, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([why, count]) => (why === null ? [] : [`${count} ${why}`]))
    .join(', ');

export const noPlace = (counts: Map<string | null, number>): Reason => {
  const others = counts.size === 0 ? 'there is no other' : inWords(counts);
  return { check: 'fit', verdict: 'would-fail', text: `No host can take it: ${others}.` };
};

/** Why no host can take a VM, counted by the first obstacle of each. */
export const whyNowhere = (
  context: Context,
  vm: SceneVm,
  { live, from }: { live: boolean; from: string | null },
): Reason => noPlace(obstaclesTo(context, vm, { live, source: from, weigh: () => withAssumed(vm), strict: false }));

/** On how many hosts a VM fits now, and what keeps the others from taking it. */
export type Places = { fits: number; of: number; others: string };

/**
 * Counts places before anything moves. VMs that need the same are looked at once, since each is checked against every host.
 */
export function openPlaces(context: Context): (vm: SceneVm, at: { live: boolean; source: string }) => Places {
  const kinds = new Map<string, Rules>();
  const rulesFor = (vm: SceneVm): Rules | undefined => {
    // Each member of a group has other VMs to keep away from.
    if (vm.groups.length > 0) return undefined;
    const key = JSON.stringify([vm.flavor, vm.resources, vm.required_traits, vm.forbidden_traits, vm.pinned_zone]);
    const known = kinds.get(key) ?? new Map();
    kinds.set(key, known);
    return known;
  };
  return (vm, { live, source }) => {
    const weight = withAssumed(vm);
    const counts = obstaclesTo(context, vm, { live, source, weigh: () => weight, strict: true, known: rulesFor(vm) });
    const of = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { fits: counts.get(null) ?? 0, of, others: inWords(counts) };
  };
}
