import type { SceneVm } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { sharesOf, type Weight } from '../projection/figures';
import { endWave, moveVm, positionOf, statesOf } from '../projection/world';
import { conclude, describeMove, look, UNJUDGED } from './attempt';
import { checkVm, openFindings } from './checks';
import type { Context, ReviewedState } from './context';
import { atMost, isFull, isOpen, noPlace, obstaclesTo, type Wanted, withAssumed } from './obstacles';
import { checkSource } from './source-check';
import type { Variant } from './variant';

/** As many VMs move at once as Watcher's planner lets migrate by default. */
const WAVE_WIDTH = 2;

/**
 * Moves that drain hosts, the largest VMs first: each to the host that keeps the most room with it, among those without any
 * finding or else among those that would take it at all.
 */
export function addMoves(context: Context, { empty, stay }: Variant, firstWave: number): ReviewedMove[] {
  const { world } = context;
  const added: ReviewedMove[] = [];
  const assumed: Assumed = new Map();
  let begun = 0;
  for (const host of empty) {
    const there = [...world.vms.values()]
      .filter((vm) => positionOf(world, vm) === host)
      .sort((a, b) => (b.ram ?? 0) - (a.ram ?? 0) || (a.id < b.id ? -1 : 1));
    for (const vm of there) {
      const wave = firstWave + Math.floor(begun / WAVE_WIDTH);
      if (stay.has(vm.id) || vm.must_not_move !== undefined) {
        added.push(keep(context, vm, { source: host, wave }));
        continue;
      }
      if (begun > 0 && begun % WAVE_WIDTH === 0) endWave(world);
      added.push(placeVm(context, vm, { source: host, wave, assumed, live: isLive(vm) }));
      begun++;
    }
  }
  endWave(world);
  return added;
}

type At = { source: string; wave: number };

const isLive = ({ status }: SceneVm): boolean => status !== 'SHUTOFF';

const stepOf = ({ id, name }: SceneVm, live: boolean, at: At & { destination: string | null }) => ({
  action_id: '',
  state: 'PENDING',
  status_message: null,
  happened: null,
  vm_id: id,
  vm_name: name,
  live,
  ...at,
});

/** The row of a VM that stays. */
const keep = (context: Context, vm: SceneVm, at: At): ReviewedMove =>
  describeMove(context, {
    key: vm.id,
    change: 'left-out',
    step: stepOf(vm, isLive(vm), { ...at, destination: null }),
    vm,
    problem: 'skipped',
    conclusion: UNJUDGED,
  });

/**
 * How a VM is to be placed. `strict`: a host whose measured CPU or RAM would not hold it is no place, either; one that a plan
 * would drain is a place with a warning, since nobody may ever start that plan.
 */
type Wish = At & { live: boolean; assumed: Assumed; strict?: boolean };

/** Moves a VM to the host that suits it best, if there is one. */
export function placeVm(context: Context, vm: SceneVm, { assumed, live, strict = false, ...at }: Wish): ReviewedMove {
  const { world } = context;
  const wanted: Wanted = { live, source: at.source, weigh: (name) => withAssumed(vm, assumed.get(name)), strict };
  const best = choose(context, vm, wanted);
  const destination = best?.host.name ?? null;
  const problem = best ? (vm.cores === null ? 'load-unknown' : null) : 'destination-unknown';
  const findings = best ? look(context, { vm, live, destination: best }) : openFindings();
  checkSource(findings, context, { source: at.source, vm });
  checkVm(findings, vm, { live, checksMoves: false });
  if (!best) findings.reasons.push(noPlace(obstaclesTo(context, vm, wanted)));
  const conclusion = conclude(findings);
  const step = stepOf(vm, live, { ...at, destination });
  const row = describeMove(context, { key: vm.id, change: 'added', step, vm, problem, conclusion });
  if (best) {
    moveVm(world, vm, { to: best.host.name });
    assume(assumed, vm, best.host.name);
  }
  return row;
}

/** Hosts in the order in which they are preferred: the smaller of the first numbers that differ wins. */
type Rank = number[];

const isBetter = (a: Rank, b: Rank): boolean => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

function choose(context: Context, vm: SceneVm, wanted: Wanted): ReviewedState | null {
  const { live, source, weigh } = wanted;
  let best: { state: ReviewedState; findings: number; rank: Rank } | null = null;
  for (const state of statesOf(context.world)) {
    if (state.host.name === source || !isOpen(context, state, wanted)) continue;
    if (isFull(state, wanted)) continue;
    const rank = rankOf(state, weigh(state.host.name));
    // Checks cost the most, so they are not made for a host that could not win.
    if (best?.findings === 0 && !isBetter(rank, best.rank)) continue;
    const { reasons } = look(context, { vm, live, destination: state });
    if (reasons.some(({ verdict }) => verdict === 'would-fail')) continue;
    // Whether a zone was requested is not known of older clouds: a host in the same one is tried before all others.
    const findings = reasons.some(({ check }) => check === 'zone') ? 2 : Math.min(1, reasons.length);
    if (best === null || isBetter([findings, ...rank], [best.findings, ...best.rank])) best = { state, findings, rank };
  }
  return best?.state ?? null;
}

/** How full a host would be: measured hosts before others, then by its fullest resource, its second fullest and so on. */
const rankOf = (state: ReviewedState, weight: Weight): Rank => [
  state.cpuUsed === null ? 1 : 0,
  ...sharesOf(state, weight)
    .map((share) => share ?? 0)
    .sort((a, b) => b - a),
  state.arriving,
];

/** Use of VMs that were placed though it is unknown, by host. */
export type Assumed = Map<string, { cores: number; ram: number }>;

/** Remembers what the world does not count, since it takes what is unknown for nothing. */
function assume(assumed: Assumed, vm: SceneVm, host: string): void {
  const { cores, ram } = assumed.get(host) ?? { cores: 0, ram: 0 };
  const most = atMost(vm);
  assumed.set(host, {
    cores: cores + (vm.cores === null ? most.cores : 0),
    ram: ram + (vm.ram_used === null ? most.ram : 0),
  });
}
