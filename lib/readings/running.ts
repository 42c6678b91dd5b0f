import { SourceError } from '@/lib/errors';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { openOrderReader, reachesChange } from './newest';

/** How many of the actions that changed last are asked for, first and then. */
const LIMITS = [20, 200];
/** A Watcher that can't be asked so is not, for so long. */
const REFUSED_MS = 3_600_000;
/** Now and then the actions of a plan are read whole all the same, so that nothing that was missed stays wrong. */
const WHOLE_MS = 300_000;

type RunningReader = {
  /** The plan's actions were read whole just now. */
  noteWhole(planId: string): void;
  /**
   * The actions of plans that run, all of which are known, brought up to date by one question for what changed last: a plan
   * of 500 actions changes a few of them between two readings. Those of a plan that is not in the answer are to be read whole.
   *
   * @throws SourceError of Keystone or Watcher
   */
  read(plans: ActionPlan[], known: Record<string, Action[]>): Promise<Record<string, Action[]>>;
};

/** @param ask gives the actions of all plans that changed last, newest first */
export function openRunningReader(ask: (limit: number) => Promise<Action[]>, clock: () => number): RunningReader {
  const readChanged = openOrderReader(ask, LIMITS, ({ updatedAt }) => updatedAt);
  const wholeAt = new Map<string, number>();
  let refusedUntil = Number.NEGATIVE_INFINITY;

  async function readSince(time: number): Promise<Action[] | null> {
    try {
      return await readChanged((rows) => reachesChange(rows, time));
    } catch (error) {
      if (error instanceof SourceError && error.status === 400) return null;
      throw error;
    }
  }

  return {
    noteWhole(planId) {
      wholeAt.set(planId, clock());
    },
    async read(plans, known) {
      const isYoung = (id: string) => clock() - (wholeAt.get(id) ?? Number.NEGATIVE_INFINITY) < WHOLE_MS;
      const young = plans.filter(({ id }) => isYoung(id) && isDated(known[id] ?? []));
      for (const id of wholeAt.keys()) if (!plans.some((plan) => plan.id === id)) wholeAt.delete(id);
      if (young.length === 0 || clock() < refusedUntil) return {};
      const times = young.flatMap(({ id, createdAt, updatedAt }) => [
        updatedAt ?? createdAt,
        ...(known[id] ?? []).map((action) => action.updatedAt ?? Number.NEGATIVE_INFINITY),
      ]);
      const rows = await readSince(times.reduce((newest, time) => Math.max(newest, time)));
      if (rows === null) {
        refusedUntil = clock() + REFUSED_MS;
        return {};
      }
      const changed = new Map(rows.map((row) => [row.id, row]));
      return Object.fromEntries(
        young.map(({ id }) => [id, (known[id] ?? []).map((action) => changed.get(action.id) ?? action)]),
      );
    },
  };
}

/** What has begun says when: else nobody could tell by its time whether it changed. */
const isDated = (actions: Action[]): boolean =>
  actions.every(({ state, updatedAt }) => state === 'PENDING' || updatedAt !== null);
