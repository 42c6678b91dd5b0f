import type { z } from 'zod';
import type { VersionNeed } from './microversions';
import { readPages } from './paging';
import type { Action, ActionPlan, Audit } from './records';
import type { Session } from './session';
import { actionsSchema, auditsSchema, plansSchema } from './watcher-wire';
import { firstDate } from './wire';

/** 1.1 gives start and end times of audits, 1.5 status messages; nothing here needs more than the first release had. */
const VERSION: VersionNeed = { least: [1, 0], most: [1, 6] };

/**
 * Newest first. `id` is the key that Watcher sorts by itself, in every release: its order is that of making, and has no
 * ties, which paging by marker needs.
 */
const NEWEST_FIRST = { sort_key: 'id', sort_dir: 'desc' };

type ListOptions = {
  /** Not more than these; default all. */
  limit?: number;
  /** Is called after every page; the next one waits for it. */
  onPage?: () => Promise<void>;
  /** Is told Watcher's own time at the first page; not called where it does not tell. */
  onTime?: (watcherTime: number) => void;
};

const AUDITS = {
  path: 'audits/detail',
  schema: auditsSchema,
  itemsOf: (page: z.output<typeof auditsSchema>) => page.audits,
};
const PLANS = {
  path: 'action_plans/detail',
  schema: plansSchema,
  itemsOf: (page: z.output<typeof plansSchema>) => page.action_plans,
};

/**
 * Audits that are not archived, newest first. Only the detailed list has times and parameters.
 *
 * @throws SourceError of Keystone or Watcher
 */
export function listAudits(session: Session, { limit, ...options }: ListOptions = {}): Promise<Audit[]> {
  return readList(session, { ...AUDITS, most: limit, ...options });
}

/** All action plans that are not archived, newest first. @throws SourceError of Keystone or Watcher */
export function listActionPlans(session: Session, { limit, ...options }: ListOptions = {}): Promise<ActionPlan[]> {
  return readList(session, { ...PLANS, most: limit, ...options });
}

/** Those that were made or changed last, archived ones (state DELETED) included. */
type Newest = { by: 'created_at' | 'updated_at'; limit: number };

/**
 * One page. Never changed rows come last or first by `updated_at`, as Watcher's database sees it.
 *
 * @throws SourceError of Keystone or Watcher
 */
export async function listNewestAudits(session: Session, newest: Newest): Promise<Audit[]> {
  return AUDITS.itemsOf(await readNewest(session, AUDITS, newest));
}

/** One page, as of audits. @throws SourceError of Keystone or Watcher */
export async function listNewestPlans(session: Session, newest: Newest): Promise<ActionPlan[]> {
  return PLANS.itemsOf(await readNewest(session, PLANS, newest));
}

function readNewest<S extends z.ZodType>(
  session: Session,
  { path, schema }: { path: string; schema: S },
  { by, limit }: Newest,
): Promise<z.output<S>> {
  return session.read({
    service: 'watcher',
    path,
    query: { sort_key: by, sort_dir: 'desc', limit },
    headers: { 'x-show-deleted': 'true' },
    schema,
    version: VERSION,
  });
}

/**
 * Actions in the order in which Watcher made them. Only the detailed list has their parameters.
 *
 * @param options.planId those of one plan
 * @param options.since ms; the newest of all plans, back to the page that reaches before this time
 * @throws SourceError of Keystone or Watcher
 */
export async function listActions(
  session: Session,
  options: { planId?: string; since?: number } = {},
): Promise<Action[]> {
  const { planId, since } = options;
  const newestFirst = await readList(session, {
    path: 'actions/detail',
    schema: actionsSchema,
    itemsOf: ({ actions }) => actions,
    filters: { action_plan_uuid: planId },
    enough: (page) => since !== undefined && page.some(({ createdAt }) => createdAt !== null && createdAt < since),
  });
  return newestFirst.filter((action) => action.planId !== '').reverse();
}

/** Those of all plans that were changed last; one page. @throws SourceError of Keystone or Watcher */
export async function listChangedActions(session: Session, limit: number): Promise<Action[]> {
  const { actions } = await session.read({
    service: 'watcher',
    path: 'actions/detail',
    query: { sort_key: 'updated_at', sort_dir: 'desc', limit },
    schema: actionsSchema,
    version: VERSION,
  });
  return actions;
}

type ListRequest<S extends z.ZodType, T> = {
  path: string;
  schema: S;
  itemsOf: (page: z.output<S>) => T[];
  filters?: Record<string, string | undefined>;
  most?: number;
  enough?: (page: T[]) => boolean;
  onPage?: () => Promise<void>;
  onTime?: (at: number) => void;
};

function readList<S extends z.ZodType<{ next?: string | null }>, T extends { id: string }>(
  session: Session,
  { path, schema, itemsOf, filters, most, enough, onPage, onTime }: ListRequest<S, T>,
): Promise<T[]> {
  const onHeaders = firstDate(onTime);
  return readPages({
    source: 'watcher',
    readPage: async (limit, marker) => {
      const page = await session.read({
        service: 'watcher',
        path,
        query: { ...filters, ...NEWEST_FIRST, limit, marker },
        schema,
        version: VERSION,
        onHeaders,
      });
      return { items: itemsOf(page), more: Boolean(page.next) };
    },
    idOf: ({ id }) => id,
    most,
    enough,
    onPage,
  });
}
