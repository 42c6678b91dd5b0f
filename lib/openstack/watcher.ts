import type { z } from 'zod';
import { SourceError } from '../errors';
import type { VersionNeed } from './microversions';
import { readPages, readWithRows } from './paging';
import type { Action, ActionPlan, Audit } from './records';
import type { Session } from './session';
import { actionsSchema, auditSchema, auditsSchema, planSchema, plansSchema, templateSchema } from './watcher-wire';
import { firstDate } from './wire';

/** 1.1 adds start and end times of audits, 1.5 status messages; both are optional. */
const VERSION: VersionNeed = { min: [1, 0], max: [1, 6] };

/**
 * Newest first. Every release can sort by `id`, which follows the order of creation and has no ties; paging by marker needs
 * both.
 */
const NEWEST_FIRST = { sort_key: 'id', sort_dir: 'desc' };

type ListOptions = {
  /** Maximum number of items; default all. */
  limit?: number;
  /** Called after every page; the next page waits for it. */
  onPage?: () => Promise<void>;
  /** Called with Watcher's time at the first page, if Watcher sends it. */
  onTime?: (watcherTime: number) => void;
};

const AUDITS = {
  path: 'audits/detail',
  list: 'audits',
  schema: auditsSchema,
  itemsOf: (page: z.output<typeof auditsSchema>) => page.audits,
};
const PLANS = {
  path: 'action_plans/detail',
  list: 'action_plans',
  schema: plansSchema,
  itemsOf: (page: z.output<typeof plansSchema>) => page.action_plans,
};

/**
 * Audits that are not archived, newest first. Uses the detailed list, since only that has times and parameters.
 *
 * @throws SourceError of Keystone or Watcher
 */
export function listAudits(session: Session, { limit, ...options }: ListOptions = {}): Promise<Audit[]> {
  return readList(session, { ...AUDITS, maxItems: limit, ...options });
}

/** All action plans that are not archived, newest first. @throws SourceError of Keystone or Watcher */
export function listActionPlans(session: Session, { limit, ...options }: ListOptions = {}): Promise<ActionPlan[]> {
  return readList(session, { ...PLANS, maxItems: limit, ...options });
}

/** One plan; null if there is none, or if it is archived. @throws SourceError of Keystone or Watcher */
export const readActionPlan = (session: Session, id: string): Promise<ActionPlan | null> =>
  orMissing(
    session.read({
      service: 'watcher',
      path: `action_plans/${encodeURIComponent(id)}`,
      what: 'action_plans/one',
      about: id,
      schema: planSchema,
      version: VERSION,
    }),
  );

/** One audit by its id or name; null if there is none, or if it is archived. @throws SourceError of Keystone or Watcher */
export const readAudit = (session: Session, idOrName: string): Promise<Audit | null> =>
  orMissing(
    session.read({
      service: 'watcher',
      path: `audits/${encodeURIComponent(idOrName)}`,
      what: 'audits/one',
      about: idOrName,
      schema: auditSchema,
      version: VERSION,
    }),
  );

/** Whether an audit template is there, by its id or name. @throws SourceError of Keystone or Watcher */
export const hasTemplate = async (session: Session, idOrName: string): Promise<boolean> =>
  (await orMissing(
    session.read({
      service: 'watcher',
      path: `audit_templates/${encodeURIComponent(idOrName)}`,
      what: 'audit_templates/one',
      about: idOrName,
      schema: templateSchema,
      version: VERSION,
    }),
  )) !== null;

/** The newest plans of an audit, newest first. @throws SourceError of Keystone or Watcher */
export async function listPlansOfAudit(session: Session, auditId: string, limit: number): Promise<ActionPlan[]> {
  const { action_plans: plans } = await session.read({
    service: 'watcher',
    path: PLANS.path,
    query: { audit_uuid: auditId, ...NEWEST_FIRST, limit },
    schema: plansSchema,
    version: VERSION,
  });
  return plans;
}

async function orMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof SourceError && error.status === 404) return null;
    throw error;
  }
}

/** The most recently created or changed items, including archived ones (state DELETED). */
type Newest = { by: 'created_at' | 'updated_at'; limit: number };

/** Rows of one page, and how many Watcher sent, including those that can't be read. */
export type Sent<T> = { rows: T[]; sent: number };

/**
 * One page of audits. Sorted by `updated_at`, rows that never changed come first or last depending on Watcher's database.
 *
 * @throws SourceError of Keystone or Watcher
 */
export function listNewestAudits(session: Session, newest: Newest): Promise<Sent<Audit>> {
  return readNewest(session, AUDITS, newest);
}

/** One page of plans, like listNewestAudits. @throws SourceError of Keystone or Watcher */
export function listNewestPlans(session: Session, newest: Newest): Promise<Sent<ActionPlan>> {
  return readNewest(session, PLANS, newest);
}

async function readNewest<S extends z.ZodType, T>(
  session: Session,
  { path, list, schema, itemsOf }: List<S, T>,
  { by, limit }: Newest,
): Promise<Sent<T>> {
  const { page, rows } = await readWithRows(session, list, {
    service: 'watcher',
    path,
    query: { sort_key: by, sort_dir: 'desc', limit },
    headers: { 'x-show-deleted': 'true' },
    schema,
    version: VERSION,
  });
  return { rows: itemsOf(page), sent: rows.length };
}

/**
 * Actions in order of creation. Uses the detailed list, since only that has their parameters.
 *
 * @param options.planId only actions of this plan
 * @param options.since ms; reads newest first and stops after the page that reaches back past this time
 * @throws SourceError of Keystone or Watcher
 */
export async function listActions(
  session: Session,
  options: { planId?: string; since?: number } = {},
): Promise<Action[]> {
  const { planId, since } = options;
  const newestFirst = await readList(session, {
    path: 'actions/detail',
    list: 'actions',
    schema: actionsSchema,
    itemsOf: ({ actions }) => actions,
    filters: { action_plan_uuid: planId },
    enough: (page) => since !== undefined && page.some(({ createdAt }) => createdAt !== null && createdAt < since),
  });
  return newestFirst.filter((action) => action.planId !== '').reverse();
}

/**
 * One page of the most recently changed actions of all plans.
 *
 * @param onTime called with Watcher's time, if Watcher sends it
 * @throws SourceError of Keystone or Watcher
 */
export async function listChangedActions(
  session: Session,
  limit: number,
  onTime?: (watcherTime: number) => void,
): Promise<Sent<Action>> {
  const { page, rows } = await readWithRows(session, 'actions', {
    service: 'watcher',
    path: 'actions/detail',
    query: { sort_key: 'updated_at', sort_dir: 'desc', limit },
    schema: actionsSchema,
    version: VERSION,
    onHeaders: firstDate(onTime),
  });
  return { rows: page.actions, sent: rows.length };
}

type List<S extends z.ZodType, T> = {
  path: string;
  /** The field with the rows. */
  list: string;
  schema: S;
  itemsOf: (page: z.output<S>) => T[];
};
type ListRequest<S extends z.ZodType, T> = List<S, T> & {
  filters?: Record<string, string | undefined>;
  maxItems?: number;
  enough?: (page: T[]) => boolean;
  onPage?: () => Promise<void>;
  onTime?: (at: number) => void;
};

function readList<S extends z.ZodType<{ next?: unknown }>, T extends { id: string }>(
  session: Session,
  { path, list, schema, itemsOf, filters, maxItems, enough, onPage, onTime }: ListRequest<S, T>,
): Promise<T[]> {
  const onHeaders = firstDate(onTime);
  return readPages({
    source: 'watcher',
    list: path,
    sizes: session.pageSizes,
    readPage: async (limit, marker) => {
      const { page, rows } = await readWithRows(session, list, {
        service: 'watcher',
        path,
        query: { ...filters, ...NEWEST_FIRST, limit, marker },
        schema,
        version: VERSION,
        onHeaders,
      });
      return { items: itemsOf(page), rows, more: Boolean(page.next) };
    },
    idOf: ({ id }) => id,
    maxItems,
    enough,
    onPage,
  });
}
