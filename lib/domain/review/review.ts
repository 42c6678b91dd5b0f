import type { Check, MoveStep, Scene, SceneStep, SceneVm } from '@/lib/contract/v1/scene';
import type { ReviewedMove, ReviewResult, Verdict } from '@/lib/contract/v1/verdicts';
import { type Context, check, conclude, describeMove, look, worst } from './attempt';
import { checkVm, openFindings } from './checks';
import { addMoves } from './placing';
import { describeHosts, scoresAfter, scoresBefore } from './results';
import { openRules } from './rules';
import { noVariant, type Variant } from './variant';
import { endWave, moveVm, openWorld, positionOf, type World } from './world';

/**
 * Goes through a plan in execution order: each move is looked at in the cloud as the moves before it leave it, and then
 * applied. With a variant: without the moves it takes out, to the destinations it sets, and with the moves that empty the
 * hosts it names. Pure, and quick enough to run at each click.
 */
export function reviewPlan(scene: Scene, variant: Variant = noVariant()): ReviewResult {
  const world = openWorld(scene, variant.empty);
  const context: Context = { world, rules: openRules(scene), skip: new Set(scene.unchecked.map(({ check }) => check)) };
  const moves: ReviewedMove[] = [];
  let position = 0;
  let wave = 0;
  for (const step of scene.steps) {
    if (step.wave !== wave) endWave(world);
    wave = step.wave;
    if (step.kind === 'migrate') moves.push(reviewStep(context, step, position++, variant));
    else if (step.kind === 'service') changeService(world, step);
  }
  endWave(world);
  moves.push(...addMoves(context, variant.empty, wave + 1));
  endWave(world);
  const verdicts = moves.map(({ verdict }) => verdict).filter((verdict) => verdict !== null);
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const left = moves.filter(({ verdict }) => verdict !== null);
  return {
    verdict: worst(verdicts),
    counts: {
      ok: count('ok'),
      unchecked: count('unchecked'),
      warning: count('warning'),
      'would-fail': count('would-fail'),
    },
    now: scoresBefore(scene),
    after: scoresAfter(world),
    moves,
    hosts: describeHosts(world),
    totals: {
      moves: left.length,
      ram_to_copy: left.reduce((sum, { ram_used }) => sum + (ram_used ?? 0), 0),
      ...staleness(scene),
      emptied: [...world.hosts.values()].filter(({ host, vms }) => host.vms > 0 && vms <= 0).length,
    },
  };
}

/** Nova's service of a host is switched by an action that has not run yet. */
function changeService(world: World, { state, host, enable }: Extract<SceneStep, { kind: 'service' }>): void {
  const changed = world.hosts.get(host);
  if (changed && (state === 'PENDING' || state === 'ONGOING')) changed.disabled = !enable;
}

/** What of the moves that may still run no longer is as the plan says, whatever a variant changes. */
function staleness(scene: Scene): { elsewhere: number; gone: number } {
  const hosts = new Map(scene.vms.map(({ id, host }) => [id, host]));
  let [elsewhere, gone] = [0, 0];
  const seen = new Set<string>();
  for (const { state, vm_id: id, source } of scene.steps.filter((step) => step.kind === 'migrate')) {
    if (state !== 'PENDING' || id === null || seen.has(id)) continue;
    seen.add(id);
    const host = hosts.get(id);
    if (host === undefined) gone++;
    else if (host !== source) elsewhere++;
  }
  return { elsewhere, gone };
}

function reviewStep(context: Context, step: MoveStep, position: number, variant: Variant): ReviewedMove {
  const { world } = context;
  const vm = step.vm_id === null ? undefined : world.vms.get(step.vm_id);
  const other = variant.to.get(position);
  const destination = other ?? step.destination;
  const change = variant.off.has(position)
    ? 'left-out'
    : other === undefined || other === step.destination
      ? 'none'
      : 'other-destination';
  const move = describeMove(world, step, vm, destination);
  const row = { ...move, key: String(position), change } as const;
  if (step.state === 'ONGOING' && vm && destination !== null) {
    moveVm(world, vm, destination, false);
    return { ...row, projected: true };
  }
  if (step.state !== 'PENDING' || change === 'left-out') return row;
  const known = other !== undefined || step.destination_known;
  const named = other === undefined ? step.destination_named : null;
  return { ...row, ...attempt(context, { vm, step, destination, known, named }) };
}

type Wanted = {
  vm: SceneVm | undefined;
  step: MoveStep;
  destination: string | null;
  known: boolean;
  /** What Watcher will call the destination, where Nova does not. */
  named: string | null;
};

/** Looks at one move, and applies it where the VM is where the plan says and its destination exists. */
function attempt(context: Context, { vm, step, destination, known, named }: Wanted): Partial<ReviewedMove> {
  const { world } = context;
  const findings = openFindings();
  const fail = (check: Check, text: string, verdict: Verdict = 'would-fail') =>
    findings.reasons.push({ check, verdict, text });
  if (!vm) {
    fail('vm', 'The VM is gone: Nova knows none of this id.');
    return conclude(findings, false);
  }
  checkVm(findings, vm, step.live);
  const from = positionOf(world, vm);
  if (destination !== null && from === destination) {
    fail('source', `It is on ${destination} already; Nova refuses to move a VM to where it is.`);
    return conclude(findings, false);
  }
  const misplaced = from !== step.source || !step.source_known;
  if (misplaced) {
    const where = from === null ? 'on no host' : `on ${from}`;
    const text = `It is ${where}, not on ${step.source}. Watcher from 2025.2 on skips the move; before, it moves the VM from there.`;
    fail('source', text, from === null ? 'would-fail' : 'warning');
  }
  if (destination === null) {
    findings.unchecked.add('destination');
    if (!canBePlaced(context, vm, step.live)) fail('fit', 'No host can take it.');
    if (!misplaced) moveVm(world, vm, null);
    return conclude(findings, false);
  }
  const state = known ? world.hosts.get(destination) : undefined;
  if (!state) {
    fail('destination', `Nova knows no host ${destination}.`);
    return conclude(findings, false);
  }
  if (named !== null) {
    // Seen of host_maintenance up to 2024.x (LP 2109309), outlet_temperature and noisy_neighbor.
    fail(
      'destination',
      `The plan names ${destination} by ${named}, which Nova takes for no host: it knows hosts by name.`,
    );
  }
  check(context, findings, { vm, live: step.live, destination: state });
  if (!misplaced) moveVm(world, vm, destination);
  return conclude(findings, !misplaced);
}

function canBePlaced(context: Context, vm: SceneVm, live: boolean): boolean {
  const from = positionOf(context.world, vm);
  for (const destination of context.world.hosts.values()) {
    if (destination.host.name === from || destination.host.state === 'down') continue;
    const { reasons } = look(context, { vm, live, destination });
    if (!reasons.some(({ verdict }) => verdict === 'would-fail')) return true;
  }
  return false;
}
