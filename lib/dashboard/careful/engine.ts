import 'server-only';
import { randomUUID } from 'node:crypto';
import { type CarefulRun, type CarefulStep, currentStep, isAtRest } from '@/lib/domain/careful/careful-run';
import { type Command, next } from '@/lib/domain/careful/next';
import { asked, beginStep, note, replaced } from '@/lib/domain/careful/record';
import { readEnv } from '@/lib/env';
import { publicMessage } from '@/lib/errors';
import { readActionPlan } from '@/lib/openstack/watcher';
import { processWide } from '@/lib/process-wide';
import type { Store } from '@/lib/store/store';
import { asServer, theActing } from '../access/visitors';
import { changeLatest, changeRun, findRun, type Kept, listRuns } from '../acts/kept-run';
import { cancelAct } from '../acts/plan-acts';
import { makeStepAct, startStepAct } from '../acts/step-acts';
import { holding } from '../acts/turn-held';
import { watcherRelease } from '../collect/joined';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { openSources } from '../sources/sources';
import { theStore } from '../sources/store';
import { type Acted, actOfStep } from './act-of-step';
import { lookAtRun, type RunLook } from './look-at-run';
import { spreadsOf } from './moves-check';
import { forgetAtRest, leavesToAnother } from './token-holders';

/**
 * Carries careful runs on. Every step of the work is: look, decide (lib/domain/careful/next.ts), act or note, keep. What was
 * kept is enough to go on from, so that any process can, after any end of another.
 */

/** Many runs at once would hide what each of them does. */
const MOST_RUNS = 20;
/** Steps of the work without a pause, such as noting a plan and starting it. */
const MOST_COMMANDS = 4;

/** Carries on every run of a region that has not ended. Never rejects. */
export async function carryOn(region: RegionId): Promise<void> {
  const store = readEnv().ACTIONS === 'off' ? null : theStore();
  const busy = processWide<Set<string>>('careful-busy', () => new Set());
  if (store === null || busy.has(region)) return;
  busy.add(region);
  try {
    // One that is paused may be so for days.
    const runs = (await listRuns(region, { open: true, limit: MOST_RUNS })).filter(({ run }) => !isAtRest(run));
    const active = processWide('careful-active', () => new Map<RegionId, string[]>());
    active.set(
      region,
      runs.map(({ id }) => id),
    );
    forgetAtRest(new Set([...active.values()].flat()));
    await Promise.all(runs.map((kept) => carryOnOne(region, store, kept)));
  } catch (error) {
    log().warn(describeError(error), 'careful runs could not be carried on');
  } finally {
    busy.delete(region);
  }
}

/** Only one process at a time carries a run on. Never rejects. */
async function carryOnOne(region: RegionId, store: Store, kept: Kept): Promise<void> {
  const { id } = kept;
  const [turn, actId] = [`careful ${region} ${id}`, randomUUID()];
  try {
    if ((await leavesToAnother(store, kept)) || !(await store.turns.take(turn, actId))) return;
    await holding(store, { turn, actId }, () => asServer(() => work(region, id)));
  } catch (error) {
    log().warn({ run: id, reason: publicMessage(error) }, 'a careful run waits');
  }
}

async function work(region: RegionId, id: string): Promise<void> {
  for (let i = 0; i < MOST_COMMANDS; i++) {
    const kept = await findRun(id);
    if (kept === null || isAtRest(kept.run)) return;
    const look = await lookAtRun(region, kept.run);
    const command = next(kept.run, look.looked);
    const change = await carryOut(region, kept, { command, look });
    if (change === null) return;
    const run = change.to(kept.run);
    if (run !== kept.run && !(await changeRun(kept, run))) {
      // Somebody has paused or ended it in the meantime: what was done stays true.
      if (change.isDone) await changeLatest(id, change.to);
      continue;
    }
    log().info({ run: id, command: command.do, state: run.state }, 'a careful run goes on');
    if (run.state === 'running') continue;
    if (run.state === 'ended' && isAtRest(run)) theActing().endRun(id);
    return;
  }
}

type Decided = { command: Command; look: RunLook };

/** What to keep of it. `isDone`: the cloud was changed, so that it holds whatever has become of the run. */
type Change = { to(run: CarefulRun): CarefulRun; isDone?: boolean };

/** Does what was decided. @returns null if there is nothing to keep and nothing to do until the next look */
async function carryOut(region: RegionId, kept: Kept, { command, look }: Decided): Promise<Change | null> {
  const { run } = kept;
  const now = Date.now();
  const step = currentStep(run);
  switch (command.do) {
    case 'wait':
      return null;
    case 'begin': {
      const { scene, looked } = look;
      const spreads = scene && spreadsOf(scene, run.left, command.moves);
      const start = { spread: spreads?.now ?? null, promised: spreads?.after ?? null, hot: looked.load.hot };
      return { to: (before) => beginStep(before, command, { now, start }) };
    }
    case 'create': {
      if (step === null) return null;
      const body = { ...ofStep(kept), auditName: step.auditName, moves: step.moves };
      const acted = await actOfStep(region, kept, { act: makeStepAct, body, params: {} });
      return afterAct(acted, (before) => asked(before, Date.now()));
    }
    case 'replace':
      return replace(region, kept);
    case 'start': {
      if (step?.auditId == null || step.planId === null) return null;
      const body = { ...ofStep(kept), auditId: step.auditId, planId: step.planId };
      const acted = await actOfStep(region, kept, { act: startStepAct, body, params: {} });
      return afterAct(acted, (before) => noteStarted(before, step, now));
    }
    case 'brake': {
      // Where Watcher would abort what runs, the step goes to its end.
      if (watcherRelease(look.readings).letsMovesEnd === true && step?.auditId != null && step.planId !== null)
        await cancelOf(region, kept, { auditId: step.auditId, planId: step.planId });
      return noting(command, now);
    }
    case 'withdraw': {
      const acted = await cancelOf(region, kept, command);
      // Where it can't be cancelled, the plan is shown as one that anyone may still start.
      return acted.end === 'unknown' ? null : noting({ do: 'note-tidy', of: command }, now);
    }
    default:
      return noting(command, now);
  }
}

const noting = (command: Parameters<typeof note>[1], now: number): Change => ({
  to: (run) => note(run, command, now),
});

/** The same step, whoever has changed the run since. */
function noteStarted(run: CarefulRun, { auditName }: CarefulStep, now: number): CarefulRun {
  const step = currentStep(run);
  const isOpen = step?.auditName === auditName && step.startedAt === null;
  return isOpen ? note(run, { do: 'note-start' }, now) : run;
}

/** Nobody can start it any more. */
const NOT_TO_START = ['CANCELLED', 'SUPERSEDED', 'DELETED'];

/** Cancels the plan that the run carries out, unless somebody has done so already. */
async function replace(region: RegionId, kept: Kept): Promise<Change | null> {
  const { of } = kept.run;
  if (of.kind !== 'plan') return null;
  const { session } = await openSources(region);
  const plan = await readActionPlan(session, of.planId);
  if (plan === null || NOT_TO_START.includes(plan.state)) return { to: replaced };
  return afterAct(await cancelOf(region, kept, of), replaced);
}

/** Cancels the plan of a step. */
const cancelOf = (region: RegionId, kept: Kept, { auditId, planId }: { auditId: string; planId: string }) =>
  actOfStep(region, kept, {
    act: cancelAct,
    body: { reason: kept.reason },
    params: { id: auditId, plan: planId },
  });

const ofStep = ({ run, reason }: Kept) => ({
  run: run.id,
  step: run.steps.length,
  name: run.of.kind === 'plan' ? run.of.name : run.of.host,
  reason,
});

/** @param done what is kept if the act was done */
function afterAct(acted: Acted, done: Change['to']): Change | null {
  switch (acted.end) {
    case 'done':
      return { to: done, isDone: true };
    case 'unknown':
      return null;
    default:
      return noting({ do: 'pause', why: { code: acted.end, text: acted.problem } }, Date.now());
  }
}
