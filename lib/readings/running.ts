import { SourceError } from '@/lib/errors';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { Sent } from '@/lib/openstack/watcher';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { openOrderReader, reachesChange } from './newest';

/** Numbers of recently changed actions to request, in turn. */
const LIMITS = [20, 200];
/** How long not to repeat the request after Watcher has rejected it. */
const REFUSED_MS = HOUR_MS;
/** How often to read all actions of a plan anyway, to correct what was missed. */
const WHOLE_MS = 5 * MINUTE_MS;

type RunningReader = {
  /** Records that all actions of the plan have just been read. */
  noteWhole(planId: string): void;
  /**
   * Updates the known actions of running plans with one request for recent changes, since only a few of a plan's 500
   * actions change between two readings. The actions of plans missing from the result must be read in full.
   *
   * @throws SourceError of Keystone or Watcher
   */
  read(plans: ActionPlan[], known: Record<string, Action[]>): Promise<Record<string, Action[]>>;
};

type Request = (limit: number, onTime: (watcherTime: number) => void) => Promise<Sent<Action>>;

/** @param request returns the most recently changed actions of all plans, newest first */
export function openRunningReader(request: Request, clock: () => number): RunningReader {
  let askedAt = Number.NEGATIVE_INFINITY;
  const onTime = (at: number) => {
    askedAt = at;
  };
  const readChanged = openOrderReader(
    (limit) => request(limit, onTime),
    LIMITS,
    ({ updatedAt }) => updatedAt,
  );
  const wholeAt = new Map<string, number>();
  /** Watcher's time at the last reading, up to which all changes are known. */
  let knownUntil = Number.NEGATIVE_INFINITY;
  let refusedUntil = Number.NEGATIVE_INFINITY;

  /** null if Watcher refuses, or if too much has changed. */
  async function readSince(newestChange: number): Promise<Action[] | null> {
    const time = Math.max(newestChange, knownUntil);
    askedAt = Number.NEGATIVE_INFINITY;
    try {
      const rows = await readChanged((found) => reachesChange(found, time));
      knownUntil = rows === null ? Number.NEGATIVE_INFINITY : askedAt;
      return rows;
    } catch (error) {
      if (!(error instanceof SourceError && error.status === 400)) throw error;
      refusedUntil = clock() + REFUSED_MS;
      return null;
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
      if (rows === null) return {};
      const changed = new Map(rows.map((row) => [row.id, row]));
      return Object.fromEntries(
        young.map(({ id }) => [id, (known[id] ?? []).map((action) => changed.get(action.id) ?? action)]),
      );
    },
  };
}

/** Whether every started action has a timestamp; without one, changes can't be recognised. */
const isDated = (actions: Action[]): boolean =>
  actions.every(({ state, updatedAt }) => state === 'PENDING' || updatedAt !== null);
