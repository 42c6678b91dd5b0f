import type { VersionRange } from '@/lib/openstack/microversions';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { reportingLosses } from '@/lib/openstack/reported-losses';
import type { Session } from '@/lib/openstack/session';
import {
  listActionPlans,
  listActions,
  listAudits,
  listChangedActions,
  listNewestAudits,
  listNewestPlans,
} from '@/lib/openstack/watcher';
import { applyChanges, repair, type Whole } from './changes';
import { collectLosses, joinLosses, type Losses, withoutReread } from './losses';
import { openNewestReader } from './newest';
import { openReconciler, RECONCILE, type ReconcilerTimes } from './reconciler';
import { openRunningReader } from './running';

/** Watcher's audits and plans, and the actions of the wanted plans, by plan id and in Watcher's order. */
export type Optimizer = {
  audits: Audit[];
  plans: ActionPlan[];
  actions: Record<string, Action[]>;
  /** Watcher's API versions, which show its release; null if it does not list them. */
  versions: VersionRange | null;
  losses: Losses;
};

export type OptimizerReader = {
  /**
   * Reads everything, or applies what has changed to the previous reading.
   *
   * @throws SourceError of Keystone or Watcher
   */
  read(previous?: Optimizer): Promise<Optimizer>;
  /** Has the next reading take all actions of a plan again: skipping one changes neither the plan nor its state. */
  doubt(planId: string): void;
};

type OptimizerRules = {
  /** Selects the plans whose actions are needed. */
  wanted(plans: ActionPlan[]): ActionPlan[];
  /** Whether a plan's actions can change without the plan itself changing. */
  isRunning(state: string): boolean;
};

/** Number of plans from which one list of all actions costs Watcher less than one request per plan. */
const BULK_FROM = { first: 4, later: 20 };

/** The list of actions, in the names of losses. */
const ACTIONS = 'actions/detail';

const isArchived = ({ state }: { state: string }) => state === 'DELETED';

/**
 * Reads only what is new, since each row takes Watcher milliseconds. Actions are read once per state of their plan and, while
 * it runs, whenever they change.
 */
export function openOptimizerReader(
  plainSession: Session,
  rules: OptimizerRules,
  times: ReconcilerTimes = RECONCILE,
): OptimizerReader {
  const doubted = new Set<string>();
  /** Of the reading in progress; there is never more than one. */
  let found: Losses = [];
  const session = reportingLosses(plainSession, (loss) => found.push(loss));
  const newestAudits = openNewestReader<Audit>((newest) => listNewestAudits(session, newest));
  const newestPlans = openNewestReader<ActionPlan>((newest) => listNewestPlans(session, newest));
  const runningReader = openRunningReader((limit, onTime) => listChangedActions(session, limit, onTime), times.clock);
  const reconciler = openReconciler(times, async (pause) => {
    const { session: own, losses } = collectLosses(plainSession);
    const audits = await readWhole<Audit>((onTime) => listAudits(own, { onPage: pause, onTime }));
    const plans = await readWhole<ActionPlan>((onTime) => listActionPlans(own, { onPage: pause, onTime }));
    return audits && plans && { audits, plans, losses: losses() };
  });

  async function readAll(): Promise<Optimizer> {
    const [audits, plans, { versions }] = await Promise.all([
      listAudits(session),
      listActionPlans(session),
      session.locate('watcher'),
    ]);
    const wanted = rules.wanted(plans);
    const actions = await readActions(session, { wanted, plans, bulkFrom: BULK_FROM.first });
    for (const { id } of wanted) runningReader.noteWhole(id);
    reconciler.done();
    return { audits, plans, actions, versions, losses: joinLosses(found) };
  }

  async function readChanges(previous: Optimizer): Promise<Optimizer> {
    const whole = reconciler.result();
    const [audits, plans, { versions }] = await Promise.all([
      bringUpToDate(previous.audits, {
        whole: whole?.audits,
        newest: newestAudits,
        listAll: () => listAudits(session),
      }),
      bringUpToDate(previous.plans, {
        whole: whole?.plans,
        newest: newestPlans,
        listAll: () => listActionPlans(session),
      }),
      session.locate('watcher'),
    ]);
    if (whole) reconciler.done();
    reconciler.startIfDue();
    const { actions, kept } = await bringActionsUpToDate(plans, previous);
    const known = new Set<Audit | ActionPlan>([...previous.audits, ...previous.plans]);
    const reread = [...audits, ...plans].filter((row) => !known.has(row));
    const ofLists = whole?.losses ?? previous.losses.filter(({ what }) => what !== ACTIONS);
    const ofActions = previous.losses.filter(
      ({ what, owner }) => what === ACTIONS && owner !== null && kept.has(owner),
    );
    const losses = joinLosses(withoutReread(ofLists, reread), ofActions, found);
    return { audits, plans, actions, versions, losses };
  }

  /** `kept`: ids of the plans whose actions were not read again in full. */
  async function bringActionsUpToDate(
    plans: ActionPlan[],
    previous: Optimizer,
  ): Promise<{ actions: Optimizer['actions']; kept: Set<string> }> {
    const wanted = rules.wanted(plans);
    const before = new Map(previous.plans.map((plan) => [plan.id, plan]));
    const isAsBefore = ({ id, state }: ActionPlan) => id in previous.actions && before.get(id)?.state === state;
    const running = wanted.filter((plan) => rules.isRunning(plan.state) && isAsBefore(plan));
    const changed = await runningReader.read(running, previous.actions);
    const isKnown = (plan: ActionPlan) =>
      plan.id in changed ||
      (!doubted.has(plan.id) &&
        !rules.isRunning(plan.state) &&
        isAsBefore(plan) &&
        before.get(plan.id)?.updatedAt === plan.updatedAt);
    const missing = wanted.filter((plan) => !isKnown(plan));
    const read = await readActions(session, { wanted: missing, plans, bulkFrom: BULK_FROM.later });
    for (const { id } of missing) {
      runningReader.noteWhole(id);
      doubted.delete(id);
    }
    return {
      actions: Object.fromEntries(wanted.map(({ id }) => [id, read[id] ?? changed[id] ?? previous.actions[id] ?? []])),
      kept: new Set(wanted.filter(isKnown).map(({ id }) => id)),
    };
  }

  return {
    doubt(planId) {
      doubted.add(planId);
    },
    read(previous) {
      found = [];
      return previous === undefined ? readAll() : readChanges(previous);
    },
  };
}

/** undefined if Watcher does not send its time: rows that arrived in the meantime could not be recognised. */
async function readWhole<T>(list: (onTime: (at: number) => void) => Promise<T[]>): Promise<Whole<T> | undefined> {
  const times: number[] = [];
  const rows = await list((at) => times.push(at));
  return times[0] === undefined ? undefined : { rows, startedAt: times[0] };
}

async function bringUpToDate<T extends Audit | ActionPlan>(
  previous: T[],
  {
    whole,
    newest,
    listAll,
  }: {
    whole: Whole<T> | undefined;
    newest: { read(known: T[], since?: number): Promise<T[] | null> };
    listAll: () => Promise<T[]>;
  },
): Promise<T[]> {
  const changes = await newest.read(previous, whole?.startedAt);
  if (changes === null) return listAll();
  return applyChanges(whole ? repair(previous, whole) : previous, changes, isArchived);
}

type WantedActions = { wanted: ActionPlan[]; plans: ActionPlan[]; bulkFrom: number };

async function readActions(
  session: Session,
  { wanted, plans, bulkFrom }: WantedActions,
): Promise<Optimizer['actions']> {
  const sorted = wanted.toSorted(newestFirst);
  const inBulk = countForBulk(sorted, plans.toSorted(newestFirst));
  const [bulk, single] = inBulk < bulkFrom ? [[], sorted] : [sorted.slice(0, inBulk), sorted.slice(inBulk)];
  const lists = await Promise.all(
    single.map(async ({ id }) => [id, await listActions(session, { planId: id })] as const),
  );
  const actions: Record<string, Action[]> = Object.fromEntries([...lists, ...bulk.map(({ id }) => [id, []] as const)]);
  const since = bulk.at(-1)?.createdAt;
  if (since === undefined) return actions;
  const known = new Set(bulk.map(({ id }) => id));
  for (const action of await listActions(session, { since }))
    if (known.has(action.planId)) actions[action.planId]?.push(action);
  return actions;
}

const newestFirst = (a: ActionPlan, b: ActionPlan): number => b.createdAt - a.createdAt;

/**
 * How many of the newest plans one list of all actions since then is worth it for: as long as at least half of all plans since
 * then are wanted. Each row takes Watcher time, also those of plans that are not wanted. Both newest first.
 */
function countForBulk(wanted: ActionPlan[], plans: ActionPlan[]): number {
  let [count, since] = [0, 0];
  for (const [i, plan] of wanted.entries()) {
    while (since < plans.length && (plans[since]?.createdAt ?? 0) >= plan.createdAt) since++;
    if (2 * (i + 1) >= since) count = i + 1;
  }
  return count;
}
