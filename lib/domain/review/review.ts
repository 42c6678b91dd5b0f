import type { Check, MoveStep, Scene, SceneVm } from '@/lib/contract/v1/scene';
import type { ReviewResult, Verdict } from '@/lib/contract/v1/verdicts';
import { isMove } from '../plans/steps';
import { describeHosts, listEmptied, scoresAfter, scoresBefore } from '../projection/figures';
import { countShutdowns } from '../projection/shutdowns';
import { sumMoves } from '../projection/totals';
import { finish, isUnderWay, type Paused, type WalkedMove, walkInSteps, whyNoMove } from '../projection/walk';
import { stateOf, statesOf } from '../projection/world';
import { type Conclusion, check, conclude, describeMove, look, UNJUDGED, worst } from './attempt';
import { checkVm, openFindings } from './checks';
import { type Context, openContext } from './context';
import { checkHistory } from './history-checks';
import { keepMarked } from './keep-marked';
import { whyNowhere } from './obstacles';
import { addMoves } from './placing';
import { EXCLUDED, reviewShutdown } from './review-shutdown';
import { checkSource } from './source-check';
import { noVariant, type Variant } from './variant';
import { changeOf, changeSteps, listLeftOut } from './variant-steps';

/**
 * Walks through a plan as the projection does, and checks each move in the cloud that the moves before it leave. With a
 * variant: without the moves it leaves out, and without those of VMs that must not move and that it does not name, to the destinations it sets, and with moves that drain the hosts it names. Pure,
 * and quick enough to run at each click.
 */
export const reviewPlan = (scene: Scene, variant?: Variant): ReviewResult => finish(reviewInSteps(scene, variant));

/** The same with pauses: a thousand hosts and hundreds of moves take a server too long at once. */
export function* reviewInSteps(scene: Scene, given: Variant = noVariant()): Paused<ReviewResult> {
  const variant = keepMarked(scene, given);
  const context = openContext(scene, variant);
  const { world } = context;
  const steps = changeSteps(scene.steps, variant);
  const planned = scene.steps.filter(isMove);
  let number = 0;
  const shutdowns: ReviewResult['shutdowns'] = [];
  yield;
  const moves = yield* walkInSteps(world, steps, {
    basis: 'now',
    visitShutdown: (shutdown) => shutdowns.push(reviewShutdown(shutdown, context)),
    visit: (move) => {
      const own = planned[number++];
      const numbered = { key: String(number), change: changeOf(own, number, variant) };
      // A move that is left out is skipped, whatever state Watcher gives it.
      const state = own?.state ?? move.step.state;
      const { vm, problem } = move;
      const conclusion = isToRun(move) ? judge(context, move) : UNJUDGED;
      return describeMove(context, { ...numbered, step: { ...move.step, state }, vm, problem, conclusion });
    },
  });
  moves.push(...addMoves(context, variant, 1 + steps.reduce((last, { wave }) => Math.max(last, wave), 0)));
  yield;
  const verdicts = moves.map(({ verdict }) => verdict).filter((verdict) => verdict !== null);
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  return {
    verdict: worst([...verdicts, ...shutdowns.flatMap(({ verdict }) => verdict ?? [])]),
    counts: {
      ok: count('ok'),
      unchecked: count('unchecked'),
      warning: count('warning'),
      'would-fail': count('would-fail'),
    },
    now: scoresBefore(world.start),
    after: scoresAfter(world),
    moves,
    shutdowns,
    hosts: describeHosts(world),
    left_out: listLeftOut(scene.steps, variant),
    totals: {
      ...sumMoves(moves, ({ vm_id: id }) => world.vms.get(id)),
      shutdowns: countShutdowns(shutdowns),
      ...countStale(scene),
      emptied: listEmptied(world),
    },
  };
}

/** VMs of the moves still to run that are not where the plan says, whatever a variant changes. */
function countStale(scene: Scene): { elsewhere: number; gone: number } {
  const hosts = new Map(scene.vms.map(({ id, host }) => [id, host]));
  let [elsewhere, gone] = [0, 0];
  const seen = new Set<string>();
  for (const { state, happened, vm_id: id, source } of scene.steps.filter(isMove)) {
    if (state !== 'PENDING' || happened !== null || id === null || seen.has(id)) continue;
    seen.add(id);
    const host = hosts.get(id);
    if (host === undefined) gone++;
    else if (host !== source) elsewhere++;
  }
  return { elsewhere, gone };
}

/** It is too late to check what runs or is over. */
const isToRun = ({ step }: WalkedMove): boolean => !isUnderWay(step) && whyNoMove(step, 'now') === null;

/** What speaks against a move. */
function judge(context: Context, { step, vm, from }: WalkedMove<SceneVm>): Conclusion {
  const findings = openFindings();
  const fail = (about: Check, text: string, verdict: Verdict = 'would-fail') =>
    findings.reasons.push({ check: about, verdict, text });
  if (!vm) {
    fail('vm', `The VM is gone: Nova has no VM with this id.${context.checksMoves ? ' Watcher skips the move.' : ''}`);
    return conclude(findings);
  }
  checkSource(findings, context, { source: from, vm });
  if (context.excluded.has(vm.id) && vm.must_not_move === undefined) fail('vm', EXCLUDED, 'warning');
  checkVm(findings, vm, { live: step.live, checksMoves: context.checksMoves });
  const { destination, live } = step;
  checkHistory(findings, context, { vm, destination });
  if (destination !== null && from === destination) {
    fail('source', `It is already on ${destination}; Nova refuses to move a VM to the host it is on.`);
    return conclude(findings);
  }
  if (isMisplaced(context, step, from)) {
    const isLeft = from === null && context.world.positions.has(vm.id);
    fail(
      'source',
      whyMisplaced(step, from, { isLeft, checksMoves: context.checksMoves }),
      from === null && !isLeft ? 'would-fail' : 'warning',
    );
  }
  if (destination === null) {
    findings.unchecked.add('destination');
    if (!canBePlaced(context, vm, { live, from })) findings.reasons.push(whyNowhere(context, vm, { live, from }));
    return conclude(findings);
  }
  const state = stateOf(context.world, destination);
  if (!state) {
    fail('destination', `Nova has no host ${destination}.`);
    return conclude(findings);
  }
  if (step.destination_named !== null) {
    // Seen with host_maintenance up to 2024.x (LP 2109309), outlet_temperature and noisy_neighbor.
    const named = `The plan calls ${destination} ${step.destination_named}`;
    fail('destination', `${named}, which Nova does not recognise as a host: it knows hosts by name.`);
  }
  check(findings, context, { vm, live, destination: state });
  return conclude(findings);
}

const isMisplaced = ({ world }: Context, { source }: MoveStep, from: string | null): boolean =>
  from !== source || source === null || !world.start.has(source);

function whyMisplaced(
  { source }: MoveStep,
  from: string | null,
  { isLeft, checksMoves }: { isLeft: boolean; checksMoves: boolean | null },
): string {
  if (isLeft) {
    return `An earlier move of this plan leaves its host to the scheduler, so it may not be on ${source} by then.`;
  }
  const where = from === null ? 'on no host' : `on ${from}`;
  return `It is ${where}, not on ${source}. ${thenWatcher(checksMoves)}`;
}

function thenWatcher(checksMoves: boolean | null): string {
  switch (checksMoves) {
    case true:
      return 'Watcher will skip the move.';
    case false:
      return 'This release of Watcher does not look, and moves the VM from where it is.';
    case null:
      return 'Watcher from 2026.1 on skips the move; earlier releases move the VM from where it is.';
  }
}

function canBePlaced(context: Context, vm: SceneVm, { live, from }: { live: boolean; from: string | null }): boolean {
  return statesOf(context.world).some((destination) => {
    if (destination.host.name === from || destination.host.state === 'down') return false;
    const { reasons } = look(context, { vm, live, destination });
    return !reasons.some(({ verdict }) => verdict === 'would-fail');
  });
}
