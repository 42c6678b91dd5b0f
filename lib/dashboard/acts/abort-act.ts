import 'server-only';
import { refuseAbort } from '@/lib/domain/acts/other-acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { readAction } from '@/lib/domain/plans/actions';
import { listServerMigrations } from '@/lib/openstack/server-migrations';
import type { Session } from '@/lib/openstack/session';
import { listActions, readActionPlan } from '@/lib/openstack/watcher';
import { abortMigration } from '@/lib/openstack/writes/migrations';
import { openSources } from '../sources/sources';
import { type Act, ActRefused, type Done, partOfRequest, requestIdsOf } from './act';
import { turnOf } from './of-plan';

/** Ends one live migration of a plan at Nova, which Watcher can't do. */
export const abortAct: Act<{ reason?: string }> = {
  name: 'abort-move',
  turn: turnOf,
  reason: ({ reason }) => reason ?? '',
  async prepare({ region, params, body }) {
    const { session } = await openSources(region);
    const [plan, actions] = await Promise.all([
      readActionPlan(session, params.plan ?? ''),
      listActions(session, { planId: params.plan ?? '' }),
    ]);
    const action = actions.find(({ id }) => id === params.action);
    if (plan === null || action === undefined) throw new ActRefused(refusal('gone', 'There is no such move any more.'));
    const move = readAction(action);
    const serverId = move.kind === 'migrate' ? (move.id ?? '') : '';
    const running = serverId === '' ? null : await findRunning(session, serverId);
    const refusals = refuseAbort(move, running);
    return {
      objectType: 'action',
      objectId: action.id,
      objectName: move.name ?? serverId,
      auditId: plan.auditId,
      request: { plan: plan.id, server: serverId, migration: running?.number ?? null, ...body },
      checked: { migration: running, refusals },
      refusals,
      async perform(write) {
        const written = await abortMigration(write, { serverId, migrationNumber: running?.number ?? '' });
        return {
          outcome: 'done',
          detail: 'Nova has been asked to abort the migration: the VM stays on its source, unless it has just arrived.',
          requestIds: requestIdsOf(written),
        };
      },
    };
  },
  async settle(session, { request }, isFinal): Promise<Done> {
    const serverId = partOfRequest(request, 'server');
    if ((await findRunning(session, serverId)) === null)
      return { outcome: 'done', detail: 'The migration no longer runs.', requestIds: [] };
    return { outcome: isFinal ? 'refused' : 'unknown', detail: 'The migration still runs.', requestIds: [] };
  },
};

const findRunning = async (session: Session, serverId: string) =>
  (await listServerMigrations(session, serverId)).at(-1) ?? null;
