import 'server-only';
import type { CarefulRunsView, CarefulRunView, CarefulStepView } from '@/lib/contract/v1/careful';
import { batchSizes } from '@/lib/domain/careful/batches';
import {
  type CarefulRun,
  type CarefulStep,
  currentStep,
  hasArrived,
  isAtRest,
  mustNotStart,
} from '@/lib/domain/careful/careful-run';
import { brakeOf } from '@/lib/domain/careful/careful-words';
import { refuseEnd, refusePause, refuseResume } from '@/lib/domain/careful/change';
import { listRules } from '@/lib/domain/careful/rules-now';
import { NO_MOVES, sayAfterMove } from '@/lib/domain/cluster/vm-moves';
import { requireVisitor } from '../access/visitors';
import { findRun, type Kept, listRuns } from '../acts/kept-run';
import { summarizeRun } from '../acts/summarize-run';
import { clusterOf, movesOf, watcherRelease } from '../collect/joined';
import { type ReadingSet, takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { orNothing, type View } from '../views/view';
import { findStepAudit, nowOf, readStepRun } from './look-at-run';

/** Careful runs as they are shown. */

const LISTED = 50;

/** The newest careful runs of a region; none without a store. @throws NotAllowed */
export async function viewCarefulRuns(region: RegionId): Promise<CarefulRunsView> {
  await requireVisitor();
  if (theStore() === null) return { runs: [] };
  return { runs: (await listRuns(region, { limit: LISTED })).map(summarizeRun) };
}

/** As in the names of the audits of its steps. */
const SHORT_ID = /^[0-9a-f]{8}$/;

async function findByAnyId(region: RegionId, id: string): Promise<Kept | null> {
  if (theStore() === null) return null;
  if (!SHORT_ID.test(id)) return findRun(id);
  const [found] = await listRuns(region, { idStart: id, limit: 1 });
  return found ?? null;
}

/** @param id or its first eight digits. null if there is no such run. @throws NotAllowed */
export async function viewCarefulRun(region: RegionId, id: string): Promise<CarefulRunView | null> {
  const readings = await takeReadings(region, ALL_READINGS);
  const kept = await findByAnyId(region, id);
  if (kept === null || kept.region !== region) return null;
  const { run, by } = kept;
  const step = currentStep(run);
  const followed = step?.startedAt == null ? null : await readStepRun(readings, step);
  const looked = nowOf(readings);
  return {
    ...summarizeRun(kept),
    resumed: run.resumed ?? null,
    account: by.account,
    made_at: looked.now,
    is_final: run.state === 'ended' && isAtRest(run),
    left_plans: readings.optimizer?.value ? listLeftPlans(readings, run) : [],
    steps: [...run.steps.map(describeStepOf(run)), ...stepsToCome(run, clusterOf(readings).hosts.length)],
    dropped: run.dropped.map(({ move, text }) => ({ vm_id: move.vmId, vm_name: move.vmName, text })),
    not_started: listNotStarted(run),
    often: listOften(readings, run),
    rules: listRules(run, { ...looked, run: followed }),
    width: run.rules.width,
    measure_ms: run.rules.measureMs,
    until: run.rules.untilAt,
    brake: brakeOf(watcherRelease(readings)),
    may: { pause: refusePause(run), resume: refuseResume(run), end: refuseEnd(run) },
    run: followed,
  };
}

function listNotStarted(run: CarefulRun): CarefulRunView['not_started'] {
  if (run.state !== 'ended') return [];
  const unstarted = run.steps.filter(({ startedAt }) => startedAt === null).flatMap(({ moves }) => moves);
  return [...unstarted, ...run.left].map(({ vmId, vmName, source }) => ({
    vm_id: vmId,
    vm_name: vmName,
    text: `stays on ${source}.`,
  }));
}

function listOften(readings: ReadingSet, run: CarefulRun): CarefulRunView['often'] {
  const { byVm } = movesOf(readings);
  return run.steps.flatMap(({ moves, results }) =>
    results.filter(hasArrived).flatMap(({ vmId }) => {
      const move = moves.find((one) => one.vmId === vmId);
      const text = sayAfterMove(byVm.get(vmId) ?? NO_MOVES, move?.destination ?? null);
      return text === null ? [] : [{ vm_id: vmId, vm_name: move?.vmName ?? vmId, text }];
    }),
  );
}

const listLeftPlans = (readings: ReadingSet, run: CarefulRun): CarefulRunView['left_plans'] =>
  run.steps.flatMap((step, i) => {
    const found = mustNotStart(run, step) ? findStepAudit(readings, step) : undefined;
    return (found?.plans ?? [])
      .filter(({ state }) => state === 'RECOMMENDED')
      .map(({ id }) => ({ step: i + 1, audit_id: found?.audit.id ?? '', plan_id: id }));
  });

const describeStepOf =
  (run: CarefulRun) =>
  (step: CarefulStep, i: number): CarefulStepView => ({
    step: i + 1,
    state: stateOf(run, step),
    size: step.moves.length,
    moves: step.moves.map(({ vmId, vmName, source, destination, live }) => ({
      vm_id: vmId,
      vm_name: vmName,
      source,
      destination,
      live,
    })),
    audit_id: step.auditId,
    plan_id: step.planId,
    started_at: step.startedAt,
    ended_at: step.endedAt,
    measured_at: step.measuredAt,
    spread: step.spread,
    results: step.results.map(({ vmId, word, text }) => ({
      vm_id: vmId,
      vm_name: step.moves.find((move) => move.vmId === vmId)?.vmName ?? vmId,
      word,
      text,
    })),
  });

function stateOf(run: CarefulRun, { startedAt, endedAt, measuredAt }: CarefulStep): CarefulStepView['state'] {
  if (measuredAt !== null || (run.state === 'ended' && endedAt !== null)) return 'done';
  if (endedAt !== null) return 'measuring';
  return startedAt === null ? 'being-made' : 'running';
}

function stepsToCome(run: CarefulRun, hosts: number): CarefulStepView[] {
  if (run.state === 'ended') return [];
  const taken = run.steps.length;
  return batchSizes({ taken, moves: run.left.length, hosts, width: run.rules.width }).map((size, i) => ({
    step: taken + i + 1,
    state: 'to-come',
    size,
    moves: [],
    audit_id: null,
    plan_id: null,
    started_at: null,
    ended_at: null,
    measured_at: null,
    spread: null,
    results: [],
  }));
}

/** null if there is no such run. */
export const readCarefulRun = (region: RegionId, id: string): Promise<View<CarefulRunView> | null> =>
  orNothing(() => viewCarefulRun(region, id));

/** The same for a page, which is shown without them while the store can’t be read. */
export const listCarefulRuns = (region: RegionId): Promise<CarefulRunsView> =>
  viewCarefulRuns(region).catch((error: unknown) => {
    log().warn(describeError(error), 'careful runs can’t be read');
    return { runs: [] };
  });
