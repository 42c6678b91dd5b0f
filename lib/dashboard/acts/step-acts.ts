import 'server-only';
import { refusal } from '@/lib/domain/acts/refusal';
import type { ApprovedMove } from '@/lib/domain/careful/careful-run';
import { readActionPlan, readAudit } from '@/lib/openstack/watcher';
import { listWatcherServices } from '@/lib/openstack/watcher-health';
import { createAudit } from '@/lib/openstack/writes/audits';
import { startPlan } from '@/lib/openstack/writes/plans';
import { NotWritten } from '@/lib/openstack/writes/writer';
import { openSources } from '../sources/sources';
import { type Act, type Done, requestIdsOf } from './act';
import { stateAfter } from './of-plan';

/** What a careful run does by itself, in the name of the person who began it. No endpoint leads here. */

type OfStep = { run: string; step: number; name: string; reason: string };

export type MakeStep = OfStep & { auditName: string; moves: ApprovedMove[] };
export type StartStep = OfStep & { auditId: string; planId: string };

const turnOfStep = ({ region, body }: { region: string; body: OfStep }) => `step ${region} ${body.run}`;

/** Asks Watcher for a plan with exactly these moves. The name of its audit makes sure that there is only one. */
export const makeStepAct: Act<MakeStep> = {
  name: 'make-step',
  turn: turnOfStep,
  reason: ({ reason }) => reason,
  async prepare({ region, body }) {
    const { session } = await openSources(region);
    const known = await readAudit(session, body.auditName);
    return {
      objectType: 'audit',
      objectId: body.auditName,
      objectName: body.name,
      auditId: known?.id ?? null,
      request: { run: body.run, step: body.step, moves: body.moves },
      checked: { exists: known !== null },
      refusals: [],
      async perform(write) {
        if (known !== null) return EXISTS;
        try {
          const written = await createAudit(write, {
            name: body.auditName,
            type: 'ONESHOT',
            of: { goal: 'unclassified', strategy: 'actuator' },
            parameters: { actions: body.moves.map(toAction) },
            // Another plan that runs would make Watcher drop the audit without a word.
            force: true,
          });
          return { outcome: 'done', detail: 'Watcher makes the plan of this step.', requestIds: requestIdsOf(written) };
        } catch (error) {
          // The name is taken if another request came first.
          const isThere = error instanceof NotWritten && (await readAudit(session, body.auditName)) !== null;
          if (!isThere) throw error;
          return { ...EXISTS, requestIds: requestIdsOf(error) };
        }
      },
    };
  },
  async settle(session, { objectId }, isFinal) {
    const audit = await readAudit(session, objectId);
    if (audit !== null) return EXISTS;
    return {
      outcome: isFinal ? 'refused' : 'unknown',
      detail: 'Watcher has no audit for this step.',
      requestIds: [],
    };
  },
};

const EXISTS: Done = { outcome: 'done', detail: 'Watcher has the audit of this step.', requestIds: [] };

const toAction = ({ vmId, source, destination, live }: ApprovedMove) => ({
  action_type: 'migrate',
  resource_id: vmId,
  input_parameters: {
    migration_type: live ? 'live' : 'cold',
    source_node: source,
    destination_node: destination,
  },
});

export const startStepAct: Act<StartStep> = {
  name: 'start-step',
  turn: turnOfStep,
  reason: ({ reason }) => reason,
  async prepare({ region, body }) {
    const { session } = await openSources(region);
    const [plan, services] = await Promise.all([
      readActionPlan(session, body.planId),
      listWatcherServices(session).catch(() => null),
    ]);
    const isAlive = services?.some(({ name, status }) => name === 'watcher-applier' && status === 'ACTIVE') ?? false;
    return {
      objectType: 'plan',
      objectId: body.planId,
      objectName: body.name,
      auditId: body.auditId,
      request: { run: body.run, step: body.step },
      checked: { state: plan?.state ?? null, services },
      refusals: [
        ...(plan?.state === 'RECOMMENDED'
          ? []
          : [refusal('wrong-state', `The plan of this step is ${plan?.state ?? 'gone'}.`)]),
        ...(isAlive ? [] : [refusal('no-applier', 'No applier is alive, so nothing would run this step.')]),
      ],
      async perform(write) {
        const written = await startPlan(write, body.planId);
        const state = await stateAfter(session, body.planId, ['RECOMMENDED']);
        return { ...asStarted(state), requestIds: requestIdsOf(written) };
      },
    };
  },
  async settle(session, { objectId }, isFinal) {
    const state = await stateAfter(session, objectId, isFinal ? [] : ['RECOMMENDED']);
    if (state !== 'RECOMMENDED') return asStarted(state);
    return { outcome: isFinal ? 'refused' : 'unknown', detail: 'The plan of this step still waits.', requestIds: [] };
  },
};

const asStarted = (state: string | null): Done =>
  state === null || state === 'RECOMMENDED'
    ? { outcome: 'unknown', detail: `The plan of this step is ${state ?? 'gone'}.`, requestIds: [] }
    : { outcome: 'done', detail: `Watcher has taken it: the plan is ${state}.`, requestIds: [] };
