import { z } from 'zod';
import { orNull, rowsOf } from '../lenient';
import type { Action, ActionPlan, Audit, EfficacyIndicator } from './records';
import { optionalText, optionalTime, time } from './wire';

/** Schemas of Watcher's responses. */

const flag = () => orNull(z.boolean());
const fields = () => orNull(z.record(z.string(), z.unknown()));

/** Archived rows, which Watcher returns only on request, get the state DELETED. */
const stateOf = (wire: { state: string; deleted_at: number | null }) =>
  wire.deleted_at === null ? wire.state : 'DELETED';

/** Of a template, only that it is there counts. */
export const templateSchema = z.object({ uuid: z.string() });

/** https://docs.openstack.org/api-ref/resource-optimization/ */
export const auditSchema = z
  .object({
    uuid: z.string(),
    name: optionalText(),
    audit_type: optionalText(),
    state: z.string(),
    goal_name: optionalText(),
    strategy_name: optionalText(),
    parameters: fields(),
    /** A list of rules; some clients send a single rule. Kept whatever it is: an empty scope would mean the whole cluster. */
    scope: z.unknown().optional(),
    /** Seconds or cron; a number in old releases. */
    interval: orNull(z.union([z.string(), z.number()])),
    auto_trigger: flag(),
    force: flag(),
    next_run_time: optionalTime(),
    start_time: optionalTime(),
    end_time: optionalTime(),
    hostname: optionalText(),
    status_message: optionalText(),
    created_at: time(),
    updated_at: optionalTime(),
    deleted_at: optionalTime(),
  })
  .transform(
    (wire): Audit => ({
      id: wire.uuid,
      name: wire.name ?? wire.uuid,
      type: wire.audit_type ?? 'UNKNOWN',
      state: stateOf(wire),
      goal: wire.goal_name ?? '',
      strategy: wire.strategy_name,
      parameters: wire.parameters ?? {},
      scope: [wire.scope ?? []].flat(),
      interval: wire.interval === null ? null : String(wire.interval),
      autoTrigger: wire.auto_trigger ?? false,
      force: wire.force ?? false,
      nextRunAt: wire.next_run_time,
      startAt: wire.start_time,
      endAt: wire.end_time,
      hostname: wire.hostname,
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
    value: z.unknown().optional(),
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
  orNull(
    z.union([
      z.array(indicatorSchema),
      indicatorSchema.transform((one) => [one]),
      z.object({}).transform((): EfficacyIndicator[] => []),
    ]),
  );

export const planSchema = z
  .object({
    uuid: z.string(),
    audit_uuid: optionalText(),
    strategy_name: optionalText(),
    state: z.string(),
    efficacy_indicators: indicators(),
    global_efficacy: indicators(),
    hostname: optionalText(),
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
      efficacy: wire.efficacy_indicators ?? [],
      globalEfficacy: wire.global_efficacy ?? [],
      hostname: wire.hostname,
      statusMessage: wire.status_message,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

const actionSchema = z
  .object({
    uuid: z.string(),
    /** null if the plan was deleted during the request */
    action_plan_uuid: optionalText(),
    action_type: z.string(),
    state: z.string(),
    input_parameters: fields(),
    parents: orNull(rowsOf(z.string())),
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
      parameters: wire.input_parameters ?? {},
      parents: wire.parents ?? [],
      statusMessage: wire.status_message,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

export type WireAudit = z.input<typeof auditSchema>;
export type WireActionPlan = z.input<typeof planSchema>;
export type WireAction = z.input<typeof actionSchema>;

/** Only whether there is one counts. */
const next = z.unknown().optional();
export const auditsSchema = z.object({ audits: rowsOf(auditSchema), next });
export const plansSchema = z.object({ action_plans: rowsOf(planSchema), next });
export const actionsSchema = z.object({ actions: rowsOf(actionSchema, 'action_plan_uuid'), next });
