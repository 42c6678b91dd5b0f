import type { NewsItem } from '@/lib/contract/v1/news';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { endOfAction } from '../plans/action-ends';
import { isMigration, readAction } from '../plans/actions';
import type { LeftDisabled } from '../plans/left-disabled';
import { mayHaveRun } from '../plans/runs';
import { isRunning } from '../plans/states';
import type { ByAction } from '../plans/steps';
import { resultOfPlan } from './plan-result';

/** What happened to plans and hosts lately. */

export type NewsOfPlan = {
  audit: Pick<Audit, 'id' | 'name'>;
  plan: ActionPlan;
  actions: Action[];
  happened: ByAction;
  cluster: Pick<Cluster, 'servers'> & { index: Pick<Cluster['index'], 'resolve'> };
};

/** The end of a run, and its moves that failed. @param since ms */
export function newsOfPlan({ audit, plan, actions, happened, cluster }: NewsOfPlan, since: number): NewsItem[] {
  const of = { audit_id: audit.id, audit: audit.name, plan_id: plan.id };
  const ran = mayHaveRun(plan, actions);
  if (!ran && !isRunning(plan.state)) return [];
  const failures = actions.filter(isMigration).flatMap((action): NewsItem[] => {
    const one = happened.get(action.id) ?? null;
    const at = one?.ended_at ?? action.updatedAt;
    if (endOfAction(action, plan, one) !== 'failed' || at === null) return [];
    const read = readAction(action);
    const source = read.kind === 'migrate' ? read.source : null;
    return [
      {
        kind: 'move-failed',
        at,
        vm: cluster.servers.get(read.id ?? '')?.name ?? read.name ?? read.id ?? 'a VM',
        stays_on: source === null ? null : (cluster.index.resolve(source) ?? source),
        ...of,
      },
    ];
  });
  const end: NewsItem[] =
    ran && plan.updatedAt !== null && actions.length > 0
      ? [
          {
            kind: 'plan-ended',
            at: plan.updatedAt,
            failed: plan.state === 'FAILED' || failures.length > 0,
            outcome: resultOfPlan(plan, actions, happened),
            ...of,
          },
        ]
      : [];
  return [...end, ...failures].filter(({ at }) => at >= since);
}

export const newsOfHosts = (left: LeftDisabled[], since: number): NewsItem[] =>
  left.flatMap(({ host, since: at, audit }) =>
    at === null || at < since ? [] : [{ kind: 'host-closed' as const, at, host, audit }],
  );
