import { z } from 'zod';
import type { Action, ActionPlan, Audit, EfficacyIndicator } from './records';
import { optionalText, optionalTime, time } from './wire';

/** Schemas of Watcher's responses. */

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

/** Archived rows, which Watcher returns only on request, get the state DELETED. */
const stateOf = (wire: { state: string; deleted_at: number | null }) =>
  wire.deleted_at === null ? wire.state : 'DELETED';

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
    /** A list of rules; some clients send a single rule. */
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
    deleted_at: optionalTime(),
  })
  .transform(
    (wire): Audit => ({
      id: wire.uuid,
      name: wire.name ?? wire.uuid,
      type: wire.audit_type,
      state: stateOf(wire),
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

/** A list; in some releases an object, possibly empty. */
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
    deleted_at: optionalTime(),
  })
  .transform(
    (wire): ActionPlan => ({
      id: wire.uuid,
      auditId: wire.audit_uuid,
      strategy: wire.strategy_name,
      state: stateOf(wire),
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
    /** null if the plan was deleted during the request */
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
export const auditsSchema = z.object({ audits: z.array(auditSchema), next: nextSchema });
export const plansSchema = z.object({ action_plans: z.array(planSchema), next: nextSchema });
export const actionsSchema = z.object({ actions: z.array(actionSchema), next: nextSchema });
