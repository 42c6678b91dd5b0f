import 'server-only';
import { randomUUID } from 'node:crypto';
import { type CarefulRun, currentStep, isAtRest } from '@/lib/domain/careful/careful-run';
import { type Command, next } from '@/lib/domain/careful/next';
import { beginStep, note, replaced } from '@/lib/domain/careful/record';
import { readEnv } from '@/lib/env';
import { publicMessage } from '@/lib/errors';
import { processWide } from '@/lib/process-wide';
import { asServer, theActing } from '../access/visitors';
import { type Act, type Actor, ActRefused } from '../acts/act';
import { changeRun, findRun, type Kept, listRuns } from '../acts/kept-run';
import { perform } from '../acts/perform';
import { cancelAct } from '../acts/plan-acts';
import { makeStepAct, startStepAct } from '../acts/step-acts';
import { holding } from '../acts/turn-held';
import { watcherRelease } from '../collect/joined';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { lookAtRun, type RunLook } from './look-at-run';
import { spreadsOf } from './moves-check';

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
    const runs = await listRuns(region, { open: true, limit: MOST_RUNS });
    // One that is paused may be so for days.
    await Promise.all(runs.filter(({ run }) => !isAtRest(run)).map(({ id }) => carryOnOne(region, id)));
  } catch (error) {
    log().warn(describeError(error), 'careful runs could not be carried on');
  } finally {
    busy.delete(region);
  }
}

/** Only one process at a time carries a run on. */
async function carryOnOne(region: RegionId, id: string): Promise<void> {
  const store = theStore();
  const [turn, actId] = [`careful ${region} ${id}`, randomUUID()];
  if (store === null || !(await store.turns.take(turn, actId))) return;
  try {
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
    if (command.do === 'wait') return;
    const run = await carryOut(region, kept, { command, look });
    // Somebody has paused or ended it in the meantime: look again.
    if (run !== kept.run && !(await changeRun(kept, run))) continue;
    log().info({ run: id, command: command.do, state: run.state }, 'a careful run goes on');
    if (run.state === 'ended') theActing().endRun(id);
    if (run.state !== 'running') return;
  }
}

type Decided = { command: Command; look: RunLook };

/** Does what was decided. @returns the run after it */
async function carryOut(region: RegionId, kept: Kept, { command, look }: Decided): Promise<CarefulRun> {
  const { run } = kept;
  const now = Date.now();
  const step = currentStep(run);
  switch (command.do) {
    case 'wait':
      return run;
    case 'begin': {
      const { scene, looked } = look;
      const spreads = scene && spreadsOf(scene, run.left, command.moves);
      const start = { spread: spreads?.now ?? null, promised: spreads?.after ?? null, hot: looked.load.hot };
      return beginStep(run, command, { now, start });
    }
    case 'create': {
      if (step === null) return run;
      const body = { ...ofStep(kept), auditName: step.auditName, moves: step.moves };
      return afterAct(run, await act(region, kept, { act: makeStepAct, body, params: {} }), run);
    }
    case 'replace': {
      const { of } = run;
      if (of.kind !== 'plan') return run;
      const asked = { act: cancelAct, body: { reason: kept.reason }, params: { id: of.auditId, plan: of.planId } };
      return afterAct(run, await act(region, kept, asked), replaced(run));
    }
    case 'start': {
      if (step?.auditId == null || step.planId === null) return run;
      const body = { ...ofStep(kept), auditId: step.auditId, planId: step.planId };
      const done = await act(region, kept, { act: startStepAct, body, params: {} });
      return afterAct(run, done, note(run, { do: 'note-start' }, now));
    }
    case 'brake': {
      // Where Watcher would abort what runs, the step goes to its end.
      if (watcherRelease(look.readings).letsMovesEnd === true) await cancelStep(region, kept);
      return note(run, command, now);
    }
    case 'end': {
      if (step?.planId != null && step.startedAt === null) await cancelStep(region, kept);
      return note(run, command, now);
    }
    default:
      return note(run, command, now);
  }
}

async function cancelStep(region: RegionId, kept: Kept): Promise<void> {
  const step = currentStep(kept.run);
  if (step?.auditId == null || step.planId === null) return;
  const params = { id: step.auditId, plan: step.planId };
  await act(region, kept, { act: cancelAct, body: { reason: kept.reason }, params });
}

const ofStep = ({ run, reason }: Kept) => ({
  run: run.id,
  step: run.steps.length,
  name: run.of.kind === 'plan' ? run.of.name : run.of.host,
  reason,
});

/** Why an act was not done; null if it was. */
type Acted = { problem: string | null; code: 'refused' | 'sign-in' };

type ToDo<Body> = { act: Act<Body>; body: Body; params: Record<string, string> };

/** Acts once in the name of the person who began the run: the key of the act is that of the step. */
async function act<Body>(region: RegionId, kept: Kept, { act: kind, body, params }: ToDo<Body>): Promise<Acted> {
  const actor = actorOf(kept);
  if (actor === null) {
    const problem = 'The sign-in has ended, or the server was restarted. Sign in to go on.';
    return { problem, code: 'sign-in' };
  }
  const { id, run } = kept;
  // What a person has accepted is tried anew.
  const tried = currentStep(run)?.accepted.length ?? 0;
  const key = [id, run.steps.length, kind.name, params.plan ?? '', tried].join('-');
  try {
    const entry = await perform(kind, { region, params, body }, { actor, key });
    const last = entry.outcomes.at(-1);
    return { problem: last?.outcome === 'done' ? null : (last?.detail ?? 'Nobody knows yet.'), code: 'refused' };
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
    return { problem: error.message, code: 'refused' };
  }
}

function actorOf({ by: { account, ...by }, id }: Kept): Actor | null {
  if (account === 'service') return { ...by, token: null };
  const held = theActing().tokenOfRun(id);
  return held === null ? null : { ...by, token: held.token };
}

/** @param done the run if the act was done */
function afterAct(run: CarefulRun, { problem, code }: Acted, done: CarefulRun): CarefulRun {
  return problem === null ? done : note(run, { do: 'pause', why: { code, text: problem } }, Date.now());
}
