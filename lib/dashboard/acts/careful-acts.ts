import 'server-only';
import { randomUUID } from 'node:crypto';
import type { CarefulBody } from '@/lib/contract/v1/careful';
import { refuseCareful } from '@/lib/domain/acts/careful';
import { movesToRun } from '@/lib/domain/acts/facts';
import { cancelledBy } from '@/lib/domain/acts/other-acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { willHappen } from '@/lib/domain/acts/will-happen';
import {
  type ApprovedMove,
  type CarefulRun,
  type CarefulStep,
  currentStep,
  isAtRest,
} from '@/lib/domain/careful/careful-run';
import { refuseEnd, refusePause, refuseResume } from '@/lib/domain/careful/change';
import { type Asking, endRun, newRun, pauseRun, resumeRun } from '@/lib/domain/careful/record';
import { releaseOf } from '@/lib/domain/plans/release';
import { formatThings } from '@/lib/format';
import type { Session } from '@/lib/openstack/session';
import { listPlansOfAudit, readActionPlan, readAudit } from '@/lib/openstack/watcher';
import { cancelPlan } from '@/lib/openstack/writes/plans';
import { NotWritten, type Write } from '@/lib/openstack/writes/writer';
import { MINUTE_MS } from '@/lib/units';
import { theActing } from '../access/visitors';
import { takeStrategies } from '../collect/review-readings';
import type { RegionId } from '../process/region';
import { openSources } from '../sources/sources';
import { theStore } from '../sources/store';
import { type Act, ActRefused, type Asked, type Done, partOfRequest, requestIdsOf } from './act';
import { addRun, changeLatest, findRun, type Kept, listRuns } from './kept-run';
import type { PlanLook } from './look';
import { digestOfSeen, look, planOf, turnOf } from './of-plan';

/** Acts on careful runs. They change nothing in the cloud; the run then acts step by step. */

const MEASURE_MINUTES = 2;

export const beginCarefulAct: Act<CarefulBody> = {
  name: 'begin-careful-run',
  turn: turnOf,
  reason: ({ reason }) => reason,
  keepsTokenFor: ({ request }) => partOfRequest(request, 'run'),
  goesOn: true,
  async prepare(asked) {
    const { body, region } = asked;
    const seen = await look(asked, { off: body.off, anyway: body.anyway });
    const { facts, cautions } = seen;
    const will = willHappen(facts, cautions);
    const refusals = refuseCareful(facts, await carefulCircumstances(region, seen));
    if (body.seen !== digestOfSeen(seen))
      refusals.push(refusal('changed', 'The plan or its VMs have changed since you looked. Look again.'));
    if (body.vms !== will.vms)
      refusals.push(refusal('number', `It is ${formatThings(will.vms, 'VM')} now, not ${body.vms}.`));
    if (body.until !== undefined && body.until <= facts.now)
      refusals.push(refusal('wrong-settings', 'The time at which it is to end is over already.'));
    const run = newRun({
      id: randomUUID(),
      of: { kind: 'plan', auditId: facts.audit?.id ?? '', planId: facts.plan.id, name: seen.auditName },
      rules: {
        width: body.width ?? null,
        measureMs: (body.measure_minutes ?? MEASURE_MINUTES) * MINUTE_MS,
        untilAt: body.until ?? null,
      },
      moves: movesToRun(facts).map(toApproved),
      now: facts.now,
    });
    return {
      ...planOf(seen),
      request: { run: run.id, ...body },
      checked: { will, refusals },
      refusals,
      async perform(_, actor) {
        await addRun(region, { run, actor, reason: body.reason });
        return BEGUN;
      },
    };
  },
  async settle(_, { request }, isFinal) {
    const run = await findRun(partOfRequest(request, 'run'));
    if (run !== null) return BEGUN;
    return { outcome: isFinal ? 'refused' : 'unknown', detail: 'The careful run was not begun.', requestIds: [] };
  },
};

/** What decides about a careful run besides the plan itself. */
export async function carefulCircumstances(
  region: string,
  { facts, readings }: PlanLook,
): Promise<{ hasActuator: boolean | null; isUnderWay: boolean }> {
  const [strategies, known] = await Promise.all([
    takeStrategies(readings),
    theStore() === null ? [] : listRuns(region, { open: true, object: facts.plan.id, limit: 1 }),
  ]);
  const hasActuator = strategies.value ? strategies.value.some(({ name }) => name === 'actuator') : null;
  return { hasActuator, isUnderWay: known.length > 0 };
}

const BEGUN: Done = { outcome: 'done', detail: 'The careful run has begun.', requestIds: [] };

const toApproved = (move: ReturnType<typeof movesToRun>[number]): ApprovedMove => ({
  vmId: move.vm_id,
  vmName: move.vm_name,
  source: move.source ?? '',
  destination: move.destination ?? '',
  live: move.live,
  ...(move.must_not_move !== undefined && { anyway: true as const }),
});

type Change = {
  name: string;
  refuse: (run: CarefulRun) => ReturnType<typeof refusePause>;
  change: (run: CarefulRun, asking: Asking) => CarefulRun;
  /** How the run is afterwards. */
  to: CarefulRun['state'];
  detail: string;
  goesOn?: true;
  /** What else is done in the cloud. */
  finish?(kept: Kept, region: RegionId, write: Write): Promise<Pick<Done, 'detail' | 'requestIds'>>;
};

const changeAct = ({ name, refuse, change, to, detail, goesOn, finish }: Change): Act<{ reason?: string }> => ({
  name,
  turn: ({ region, params }) => `run ${region} ${params.run ?? ''}`,
  reason: ({ reason }) => reason ?? '',
  ...(goesOn && { goesOn, keepsTokenFor: ({ objectId }: { objectId: string }) => objectId }),
  async prepare(asked) {
    const kept = await requireRun(asked);
    const refusals = refuse(kept.run);
    return {
      objectType: 'run',
      objectId: kept.id,
      objectName: nameOf(kept),
      auditId: null,
      request: { ...asked.body },
      checked: { state: kept.run.state, why: kept.run.why, refusals },
      refusals,
      async perform(write, { person }) {
        const reason = asked.body.reason?.trim() ?? '';
        const changed = await changeLatest(kept.id, (run) => change(run, { now: Date.now(), person, reason }));
        if (changed?.state !== to)
          return { outcome: 'refused', detail: `The run is ${changed?.state ?? 'gone'} by now.`, requestIds: [] };
        const also = finish ? await finish(kept, asked.region, write) : { detail: '', requestIds: [] };
        return { outcome: 'done', detail: `${detail}${also.detail}`, requestIds: also.requestIds };
      },
    };
  },
  async settle(_, { objectId }) {
    const kept = await findRun(objectId);
    const isDone = kept?.run.state === to;
    return { outcome: isDone ? 'done' : 'refused', detail: `The run is ${kept?.run.state ?? 'gone'}.`, requestIds: [] };
  },
});

const nameOf = ({ run: { of } }: Kept): string => (of.kind === 'plan' ? of.name : of.host);

async function requireRun({ region, params }: Asked<unknown>): Promise<Kept> {
  const kept = await findRun(params.run ?? '');
  if (kept === null || kept.region !== region) throw new ActRefused(refusal('gone', 'There is no such run.'));
  return kept;
}

export const pauseCarefulAct = changeAct({
  name: 'pause-careful-run',
  refuse: refusePause,
  change: pauseRun,
  to: 'paused',
  detail: 'The run is paused: what runs goes on, nothing new starts.',
});

export const resumeCarefulAct = changeAct({
  name: 'resume-careful-run',
  refuse: refuseResume,
  change: resumeRun,
  to: 'running',
  detail: 'The run goes on.',
  goesOn: true,
});

export const endCarefulAct = changeAct({
  name: 'end-careful-run',
  refuse: refuseEnd,
  change: endRun,
  to: 'ended',
  detail: 'The run has ended: nothing more starts.',
  finish: finishEnd,
});

/** Cancels the plan of the current step at once; what that leaves is left to the engine, which needs the token for it. */
async function finishEnd(kept: Kept, region: RegionId, write: Write): Promise<Pick<Done, 'detail' | 'requestIds'>> {
  const also = await cancelCurrent(kept, region, write).catch((error: unknown) => {
    if (!(error instanceof NotWritten)) throw error;
    return { detail: ` The plan of its step is not cancelled yet: ${error.message}`, requestIds: requestIdsOf(error) };
  });
  const ended = await findRun(kept.id);
  if (ended !== null && isAtRest(ended.run)) theActing().endRun(kept.id);
  return also;
}

/** Unless that would abort moves that run. */
async function cancelCurrent(
  { run }: Kept,
  region: RegionId,
  write: Write,
): Promise<Pick<Done, 'detail' | 'requestIds'>> {
  const step = currentStep(run);
  if (step === null || step.endedAt !== null) return NOTHING_MORE;
  const { session } = await openSources(region);
  const planId = step.planId ?? (await planOfStep(session, step));
  if (planId === null) return NOTHING_MORE;
  const [plan, { versions }] = await Promise.all([readActionPlan(session, planId), session.locate('watcher')]);
  const to = plan && cancelledBy(plan.state);
  if (to === null) return NOTHING_MORE;
  if (to === 'CANCELLING' && releaseOf(versions).letsMovesEnd !== true)
    return { detail: ' The step that runs goes to its end.', requestIds: [] };
  const written = await cancelPlan(write, planId, to);
  return {
    detail: ' The plan of its step is cancelled: what runs goes to its end.',
    requestIds: requestIdsOf(written),
  };
}

const NOTHING_MORE = { detail: '', requestIds: [] };

/** A plan that the run has not seen yet would wait for anyone to start it. */
async function planOfStep(session: Session, { auditName }: CarefulStep): Promise<string | null> {
  const audit = await readAudit(session, auditName);
  const [plan] = audit ? await listPlansOfAudit(session, audit.id, 1) : [];
  return plan?.id ?? null;
}
