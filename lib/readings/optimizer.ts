import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { listActionPlans, listActions, listAudits, listNewestAudits, listNewestPlans } from '@/lib/openstack/watcher';
import { applyChanges, repair, type Whole } from './changes';
import { openNewestReader } from './newest';
import { openReconciler, RECONCILE, type ReconcilerTimes } from './reconciler';

/** What Watcher knows. Actions of the wanted plans only, by plan id, in Watcher's own order. */
export type Optimizer = { audits: Audit[]; plans: ActionPlan[]; actions: Record<string, Action[]> };

export type OptimizerReader = {
  /**
   * All there is; or what has changed since the previous reading, put onto that one.
   *
   * @throws SourceError of Keystone or Watcher
   */
  read(previous?: Optimizer): Promise<Optimizer>;
};

export type OptimizerRules = {
  /** The plans whose actions are needed, out of all. */
  wanted(plans: ActionPlan[]): ActionPlan[];
  /** Its actions change although the plan itself does not. */
  isRunning(state: string): boolean;
};

/** From so many plans on, one list of all actions costs Watcher less than a request for each: at first, and later on. */
const BULK_FROM = { first: 4, later: 20 };

const isArchived = ({ state }: { state: string }) => state === 'DELETED';

/**
 * Reads only what is news: Watcher takes milliseconds for each row. Actions are read once for each state of their plan, and
 * with every reading while it runs.
 */
export function openOptimizerReader(
  session: Session,
  rules: OptimizerRules,
  times: ReconcilerTimes = RECONCILE,
): OptimizerReader {
  const newestAudits = openNewestReader<Audit>((newest) => listNewestAudits(session, newest));
  const newestPlans = openNewestReader<ActionPlan>((newest) => listNewestPlans(session, newest));
  const reconciler = openReconciler(times, async (pause) => {
    const audits = await readWhole<Audit>((onTime) => listAudits(session, { onPage: pause, onTime }));
    const plans = await readWhole<ActionPlan>((onTime) => listActionPlans(session, { onPage: pause, onTime }));
    return audits && plans && { audits, plans };
  });

  async function readAll(): Promise<Optimizer> {
    const [audits, plans] = await Promise.all([listAudits(session), listActionPlans(session)]);
    const actions = await readActions(session, rules.wanted(plans), BULK_FROM.first);
    reconciler.done();
    return { audits, plans, actions };
  }

  async function readChanges(previous: Optimizer): Promise<Optimizer> {
    const whole = reconciler.result();
    const [audits, plans] = await Promise.all([
      bringUpToDate(previous.audits, whole?.audits, newestAudits, () => listAudits(session)),
      bringUpToDate(previous.plans, whole?.plans, newestPlans, () => listActionPlans(session)),
    ]);
    if (whole) reconciler.done();
    reconciler.startIfDue();
    const before = new Map(previous.plans.map((plan) => [plan.id, plan]));
    const isKnown = ({ id, state, updatedAt }: ActionPlan) => {
      const known = before.get(id);
      return (
        id in previous.actions && !rules.isRunning(state) && known?.state === state && known.updatedAt === updatedAt
      );
    };
    const wanted = rules.wanted(plans);
    const asked = wanted.filter((plan) => !isKnown(plan));
    const read =
      (await readTogether(session, asked, plans, previous.actions)) ??
      (await readActions(session, asked, BULK_FROM.later));
    const actions = Object.fromEntries(wanted.map(({ id }) => [id, read[id] ?? previous.actions[id] ?? []]));
    return { audits, plans, actions };
  }

  return {
    read: (previous) => (previous === undefined ? readAll() : readChanges(previous)),
  };
}

/** undefined where Watcher does not tell its time: then nobody could say what came in meanwhile. */
async function readWhole<T>(list: (onTime: (at: number) => void) => Promise<T[]>): Promise<Whole<T> | undefined> {
  const times: number[] = [];
  const rows = await list((at) => times.push(at));
  return times[0] === undefined ? undefined : { rows, startedAt: times[0] };
}

async function bringUpToDate<T extends Audit | ActionPlan>(
  previous: T[],
  whole: Whole<T> | undefined,
  newest: { read(known: T[], since?: number): Promise<T[] | null> },
  listAll: () => Promise<T[]>,
): Promise<T[]> {
  const changes = await newest.read(previous, whole?.startedAt);
  if (changes === null) return listAll();
  return applyChanges(whole ? repair(previous, whole) : previous, changes, isArchived);
}

/** So many rows that nobody asked for are cheaper than a request more; each costs Watcher about 10 ms. */
const ROWS_FOR_A_REQUEST = 20;

/**
 * Actions of several plans in one request, where these are the newest or almost: how many rows that takes is known, since
 * a plan has the same actions all its life.
 *
 * @param plans all there are
 * @param known actions of an earlier reading, by plan id
 * @returns null where it is not known, not worth it, or where the list turns out to be another
 */
async function readTogether(
  session: Session,
  asked: ActionPlan[],
  plans: ActionPlan[],
  known: Record<string, Action[]>,
): Promise<Record<string, Action[]> | null> {
  if (asked.length < 2) return null;
  const since = Math.min(...asked.map(({ createdAt }) => createdAt));
  const newest = plans.filter(({ createdAt }) => createdAt >= since);
  const sizes = new Map(newest.map(({ id }) => [id, known[id]?.length]));
  let rows = 0;
  for (const size of sizes.values()) {
    if (size === undefined) return null;
    rows += size;
  }
  const wanted = asked.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
  if (rows - wanted > ROWS_FOR_A_REQUEST * (asked.length - 1)) return null;
  const actions: Record<string, Action[]> = Object.fromEntries(asked.map(({ id }) => [id, []]));
  for (const action of await listActions(session, { limit: rows })) actions[action.planId]?.push(action);
  return asked.every(({ id }) => actions[id]?.length === sizes.get(id)) ? actions : null;
}

async function readActions(session: Session, plans: ActionPlan[], bulkFrom: number): Promise<Record<string, Action[]>> {
  if (plans.length < bulkFrom) {
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
