import { publicMessage, SourceError } from '@/lib/errors';
import type { Action, ActionPlan, LiveProgress } from '@/lib/openstack/records';
import { listServerMigrations } from '@/lib/openstack/server-migrations';
import type { Session } from '@/lib/openstack/session';
import { listActions, listChangedActions, readActionPlan } from '@/lib/openstack/watcher';
import { HOUR_MS } from '@/lib/units';
import { type MigrationRecord, openMigrationsReader, type RunSpan } from './migrations';
import { openRunningReader } from './running';

/** What one service said last about a run, and why it did not answer after that. */
export type Heard<T> = {
  value: T;
  /** When it was read (ms); null if never. */
  at: number | null;
  /** Since when the service has not answered (ms), and why; null if it answered the last time. */
  failure: { since: number; message: string } | null;
};

/** Everything that is followed of one plan; a reader follows one plan. */
export type RunReading = {
  /** null if Watcher has it no more. */
  plan: Heard<ActionPlan | null>;
  actions: Heard<Action[]>;
  migrations: Heard<MigrationRecord>;
};

/** What a look brought, and how far the live migrations are that it asked about. */
export type RunLook = { reading: RunReading; progress: LiveProgress[] };

export type RunReader = {
  /**
   * Looks once: three requests, one more for each VM that is being copied, and few more once in five minutes. Does not
   * reject for failing services: what they said last stays.
   *
   * @param previous what is known already, from the look before or from other readings
   * @throws SourceError of Keystone or Watcher if nothing is known already
   */
  look(planId: string, previous?: Partial<RunReading>): Promise<RunLook>;
};

export type RunRules = {
  /** The time of the run, in which Nova's migrations matter. */
  span(plan: ActionPlan, actions: Action[]): RunSpan;
  /** Ids of the VMs that Nova copies now. */
  copied(reading: RunReading): string[];
};

/** More VMs than this are asked about in turn, the one that has been waiting longest first. */
export const MOST_COPIED = 20;
/** How long not to ask about progress after Nova has refused. */
const REFUSED_MS = HOUR_MS;

const NOTHING_HEARD: Heard<MigrationRecord> = {
  value: { migrations: [], covered: null, reason: null, losses: [] },
  at: null,
  failure: null,
};

/** @param clock ms */
export function openRunReader(session: Session, rules: RunRules, clock: () => number): RunReader {
  const changed = openRunningReader((limit, onTime) => listChangedActions(session, limit, onTime), clock);
  const record = openMigrationsReader(session, clock);
  const askedAt = new Map<string, number>();
  let refusedUntil = Number.NEGATIVE_INFINITY;

  /** What a service says now, or what it said last. */
  async function hear<T>(read: () => Promise<T>, previous: Heard<T> | undefined): Promise<Heard<T>> {
    try {
      return { value: await read(), at: clock(), failure: null };
    } catch (error) {
      if (!(error instanceof SourceError) || previous === undefined) throw error;
      return { ...previous, failure: failureOf(previous, publicMessage(error)) };
    }
  }

  const failureOf = (previous: Heard<unknown> | undefined, message: string): Heard<unknown>['failure'] => ({
    since: previous?.failure?.since ?? clock(),
    message,
  });

  /** One request for what has changed; the whole list at first, and every five minutes. */
  async function readActions(planId: string, plan: ActionPlan | null, known?: Action[]): Promise<Action[]> {
    const updated = plan && known ? await changed.read([plan], { [planId]: known }) : {};
    if (updated[planId] !== undefined) return updated[planId];
    const actions = await listActions(session, { planId });
    changed.noteWhole(planId);
    return actions;
  }

  async function readMigrations(span: RunSpan, previous?: Heard<MigrationRecord>): Promise<Heard<MigrationRecord>> {
    const value = await record.read(span, previous?.value);
    if (value.reason === null) return { value, at: clock(), failure: null };
    return { value, at: previous?.at ?? null, failure: failureOf(previous, value.reason) };
  }

  /** How far the VMs are that are being copied; a VM that Nova says nothing about is left out. */
  async function readProgress(ids: string[]): Promise<LiveProgress[]> {
    for (const id of askedAt.keys()) if (!ids.includes(id)) askedAt.delete(id);
    if (clock() < refusedUntil) return [];
    const lastAsked = (id: string) => askedAt.get(id) ?? Number.NEGATIVE_INFINITY;
    const wanted = [...new Set(ids)].sort((a, b) => lastAsked(a) - lastAsked(b)).slice(0, MOST_COPIED);
    for (const id of wanted) askedAt.set(id, clock());
    const lists = await Promise.all(wanted.map((id) => listServerMigrations(session, id).catch(asNothing)));
    return lists.flat();
  }

  /** The VM may be gone, or its move over: then the next look shows that. */
  function asNothing(error: unknown): LiveProgress[] {
    if (!(error instanceof SourceError)) throw error;
    if (error.kind === 'missing' || error.kind === 'forbidden') refusedUntil = clock() + REFUSED_MS;
    return [];
  }

  /** Null while nothing is known about the plan. */
  const spanOf = (plan: ActionPlan | null | undefined, actions: Action[] | undefined): RunSpan | null =>
    plan && actions ? rules.span(plan, actions) : null;

  return {
    async look(planId, previous = {}) {
      const known = previous.plan?.value ?? null;
      const span = spanOf(known, previous.actions?.value);
      const asked = span && readMigrations(span, previous.migrations);
      const [plan, actions] = await Promise.all([
        hear(() => readActionPlan(session, planId), previous.plan),
        hear(() => readActions(planId, known, previous.actions?.value), previous.actions),
      ]);
      const first = spanOf(plan.value, actions.value);
      const migrations = await (asked ?? (first ? readMigrations(first) : NOTHING_HEARD));
      const reading = { plan, actions, migrations };
      return { reading, progress: await readProgress(rules.copied(reading)) };
    },
  };
}
