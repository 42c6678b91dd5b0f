import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { listActionPlans, listActions, listAudits } from '@/lib/openstack/watcher';

/** What Watcher knows. Actions of the wanted plans only, by plan id, in Watcher's own order. */
export type Optimizer = { audits: Audit[]; plans: ActionPlan[]; actions: Record<string, Action[]> };

export type OptimizerReader = {
  /** @throws SourceError of Keystone or Watcher */
  read(): Promise<Optimizer>;
};

export type OptimizerRules = {
  /** The plans whose actions are needed, out of all. */
  wanted(plans: ActionPlan[]): ActionPlan[];
  /** Nothing changes in the actions of a plan in this state. */
  isOver(state: string): boolean;
};

/** From so many plans on, one list of all actions costs Watcher less than a request for each. */
const BULK_FROM = 4;

/** Actions of plans that are over are kept: they don't change, and Watcher takes milliseconds for each row. */
export function openOptimizerReader(session: Session, rules: OptimizerRules): OptimizerReader {
  const kept = new Map<string, { updatedAt: number | null; actions: Action[] }>();
  return {
    async read() {
      const [audits, plans] = await Promise.all([listAudits(session), listActionPlans(session)]);
      const wanted = rules.wanted(plans);
      const known = wanted.filter(({ id, updatedAt }) => kept.get(id)?.updatedAt === updatedAt);
      const actions: Record<string, Action[]> = {};
      for (const { id } of known) actions[id] = kept.get(id)?.actions ?? [];
      Object.assign(
        actions,
        await readActions(
          session,
          wanted.filter((plan) => !known.includes(plan)),
        ),
      );
      kept.clear();
      for (const { id, state, updatedAt } of wanted) {
        if (rules.isOver(state)) kept.set(id, { updatedAt, actions: actions[id] ?? [] });
      }
      return { audits, plans, actions };
    },
  };
}

async function readActions(session: Session, plans: ActionPlan[]): Promise<Record<string, Action[]>> {
  if (plans.length < BULK_FROM) {
    const lists = await Promise.all(
      plans.map(async ({ id }) => [id, await listActions(session, { planId: id })] as const),
    );
    return Object.fromEntries(lists);
  }
  const since = Math.min(...plans.map(({ createdAt }) => createdAt));
  const actions: Record<string, Action[]> = Object.fromEntries(plans.map(({ id }) => [id, []]));
  for (const action of await listActions(session, { since })) actions[action.planId]?.push(action);
  return actions;
}
