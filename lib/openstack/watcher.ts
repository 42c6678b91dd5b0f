import { z } from 'zod';
import type { VersionNeed } from './microversions';
import { readPages } from './paging';
import type { Action, ActionPlan, Audit, EfficacyIndicator } from './records';
import type { Session } from './session';
import { optionalText, optionalTime, time } from './wire';

/** 1.1 gives start and end times of audits, 1.5 status messages; nothing here needs more than the first release had. */
const VERSION: VersionNeed = { least: [1, 0], most: [1, 6] };

const flag = () =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? false);
const recordOrEmpty = () =>
  z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((value) => value ?? {});

/** https://docs.openstack.org/api-ref/resource-optimization/ */
const auditSchema = z
  .object({
    uuid: z.string(),
    name: z.string().nullish(),
    audit_type: z.string(),
    state: z.string(),
    goal_name: z.string().nullish(),
    strategy_name: optionalText(),
    parameters: recordOrEmpty(),
    /** A list of rules; one rule by itself in some clients' audits. */
    scope: z.union([z.array(z.unknown()), z.looseObject({}).transform((rule) => [rule])]).nullish(),
    /** Seconds or cron; a number in old releases. */
    interval: z.union([z.string(), z.number()]).nullish(),
    auto_trigger: flag(),
    force: flag(),
    next_run_time: optionalTime(),
    start_time: optionalTime(),
    end_time: optionalTime(),
    status_message: optionalText(),
    created_at: time(),
    updated_at: optionalTime(),
  })
  .transform(
    (wire): Audit => ({
      id: wire.uuid,
      name: wire.name ?? wire.uuid,
      type: wire.audit_type,
      state: wire.state,
      goal: wire.goal_name ?? '',
      strategy: wire.strategy_name,
      parameters: wire.parameters,
      scope: wire.scope ?? [],
      interval: wire.interval === null || wire.interval === undefined ? null : String(wire.interval),
      autoTrigger: wire.auto_trigger,
      force: wire.force,
      nextRunAt: wire.next_run_time,
      startAt: wire.start_time,
      endAt: wire.end_time,
      statusMessage: wire.status_message,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

const indicatorSchema = z
  .object({
    name: z.string(),
    description: optionalText(),
    unit: optionalText(),
    value: z.unknown(),
  })
  .transform(
    ({ name, description, unit, value }): EfficacyIndicator => ({
      name,
      description,
      unit,
      value: typeof value === 'number' && Number.isFinite(value) ? value : null,
    }),
  );

/** A list; an object, maybe empty, in some releases. */
const indicators = () =>
  z
    .union([z.array(indicatorSchema), indicatorSchema.transform((one) => [one]), z.object({}).transform(() => [])])
    .nullish()
    .transform((list): EfficacyIndicator[] => list ?? []);

const planSchema = z
  .object({
    uuid: z.string(),
    audit_uuid: optionalText(),
    strategy_name: optionalText(),
    state: z.string(),
    efficacy_indicators: indicators(),
    global_efficacy: indicators(),
    status_message: optionalText(),
    created_at: time(),
    updated_at: optionalTime(),
  })
  .transform(
    (wire): ActionPlan => ({
      id: wire.uuid,
      auditId: wire.audit_uuid,
      strategy: wire.strategy_name,
      state: wire.state,
      efficacy: wire.efficacy_indicators,
      globalEfficacy: wire.global_efficacy,
      statusMessage: wire.status_message,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

const actionSchema = z
  .object({
    uuid: z.string(),
    /** null where the plan was deleted in the middle of the question */
    action_plan_uuid: z.string().nullish(),
    action_type: z.string(),
    state: z.string(),
    input_parameters: recordOrEmpty(),
    parents: z.array(z.string()).nullish(),
    status_message: optionalText(),
    created_at: optionalTime(),
    updated_at: optionalTime(),
  })
  .transform(
    (wire): Action => ({
      id: wire.uuid,
      planId: wire.action_plan_uuid ?? '',
      type: wire.action_type,
      state: wire.state,
      parameters: wire.input_parameters,
      parents: wire.parents ?? [],
      statusMessage: wire.status_message,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

export type WireAudit = z.input<typeof auditSchema>;
export type WireActionPlan = z.input<typeof planSchema>;
export type WireAction = z.input<typeof actionSchema>;

const nextSchema = z.string().nullish();
const auditsSchema = z.object({ audits: z.array(auditSchema), next: nextSchema });
const plansSchema = z.object({ action_plans: z.array(planSchema), next: nextSchema });
const actionsSchema = z.object({ actions: z.array(actionSchema), next: nextSchema });

/**
 * Newest first. `id` is the key that Watcher sorts by itself, in every release: its order is that of making, and has no
 * ties, which paging by marker needs.
 */
const NEWEST_FIRST = { sort_key: 'id', sort_dir: 'desc' };

/**
 * Audits that are not archived, newest first. Only the detailed list has times and parameters.
 *
 * @param options.limit not more than these; default all
 * @throws SourceError of Keystone or Watcher
 */
export function listAudits(session: Session, options: { limit?: number } = {}): Promise<Audit[]> {
  return readList(session, {
    path: 'audits/detail',
    schema: auditsSchema,
    itemsOf: ({ audits }) => audits,
    most: options.limit,
  });
}

/** All action plans that are not archived, newest first. @throws SourceError of Keystone or Watcher */
export function listActionPlans(session: Session): Promise<ActionPlan[]> {
  return readList(session, {
    path: 'action_plans/detail',
    schema: plansSchema,
    itemsOf: ({ action_plans }) => action_plans,
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

type ListRequest<S extends z.ZodType, T> = {
  path: string;
  schema: S;
  itemsOf: (page: z.output<S>) => T[];
  filters?: Record<string, string | undefined>;
  most?: number;
  enough?: (page: T[]) => boolean;
};

function readList<S extends z.ZodType<{ next?: string | null }>, T extends { id: string }>(
  session: Session,
  { path, schema, itemsOf, filters, most, enough }: ListRequest<S, T>,
): Promise<T[]> {
  return readPages({
    source: 'watcher',
    readPage: async (limit, marker) => {
      const page = await session.read({
        service: 'watcher',
        path,
        query: { ...filters, ...NEWEST_FIRST, limit, marker },
        schema,
        version: VERSION,
      });
      return { items: itemsOf(page), more: Boolean(page.next) };
    },
    idOf: ({ id }) => id,
    most,
    enough,
  });
}
