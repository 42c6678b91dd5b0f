import { z } from 'zod';
import { cores, count, nextSince, percentage, ratio, statusMessage, timestamp, whole } from '../fields';
import { impactSchema } from '../promised/audits';
import { cautionSchema } from './explanations';
import { happened } from './happened';
import { driftSchema, effectSchema, outcomeSchema } from './outcome';
import { estimateSchema, moveProblemSchema, projectionSchema, shutdownSchema } from './projection';
import { projectFields } from './projects';
import { readingsSchema } from './readings';

/** GET /api/v1/audits */
const planSummarySchema = z
  .object({
    id: z.string(),
    state: z.string(),
    created_at: timestamp(),
    updated_at: timestamp().nullable(),
    actions: count().nullable().meta({ description: 'null if its actions were not read.' }),
    migrations: count().nullable(),
    shutdowns: count().nullable().meta({ description: 'Actions that stop, shelve or delete a VM.' }),
  })
  .meta({ id: 'PlanSummary' });

const auditSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.string(),
    type: z.string(),
    goal: z.string(),
    strategy: z.string().nullable(),
    scope: z.string(),
    created_at: timestamp(),
    updated_at: timestamp().nullable(),
    plans: count(),
    plan: planSummarySchema.nullable().meta({ description: "The audit's current plan." }),
    effect: effectSchema.nullable().meta({ description: 'What the current plan changes; null if unknown.' }),
  })
  .meta({ id: 'AuditSummary' });

export const auditListSchema = z
  .object({
    audits: z.array(auditSummarySchema),
    total: count().meta({ description: 'Number of audits that match the filters.' }),
    limit: count(),
    offset: count(),
    next_since: nextSince(),
    readings: readingsSchema,
  })
  .meta({ id: 'AuditList' });

/** GET /api/v1/audits/{id} */
export const indicatorSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  unit: z.string().nullable(),
  value: z.number().nullable(),
});

export const actionSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    label: z.string().meta({ description: 'What it does, in a word or two.' }),
    state: z.string(),
    meaning: z.string(),
    happened: happened(),
    target: z.string().nullable().meta({ description: 'What it acts on, by name if known.' }),
    detail: z.string().meta({ description: 'Its parameters in one line.' }),
    parents: z.array(z.string()),
    status_message: statusMessage(),
  })
  .meta({ id: 'Action' });

/** CPU of the VM in points of each host, and whether the move is part of the projection. */
export const moveLoad = {
  source_points: percentage().nullable().meta({ description: 'Percentage points of CPU taken from the source.' }),
  destination_points: percentage()
    .nullable()
    .meta({ description: 'Percentage points of CPU added to the destination.' }),
  impact: impactSchema.nullable().meta({ description: 'The greater of the two in a word.' }),
  projected: z.boolean(),
  problem: moveProblemSchema.nullable().meta({ description: 'Why it is not projected; null if it is.' }),
};

export const migrationSchema = z
  .object({
    action_id: z.string(),
    state: z.string().meta({ description: 'As Watcher reports it.' }),
    status_message: statusMessage(),
    happened: happened(),
    wave: count().meta({ description: 'Number of its wave, from 1.' }),
    vm_id: z.string(),
    vm_name: z.string(),
    ...projectFields,
    migration_type: z.string(),
    source: z.string(),
    destination: z.string().nullable().meta({ description: 'null if the scheduler will choose.' }),
    flavor: z.string().nullable(),
    vcpus: count().nullable(),
    ram: whole().nullable(),
    cpu_cores: cores().nullable(),
    cpu_basis: z.enum(['measured', 'estimated', 'stopped', 'unknown']),
    cpu_estimate: estimateSchema.nullable(),
    ...moveLoad,
  })
  .meta({ id: 'Migration' });

export const auditDetailSchema = z
  .object({
    audit: auditSummarySchema.extend({
      state_meaning: z.string(),
      interval: z.string().nullable(),
      auto_trigger: z.boolean(),
      force: z.boolean(),
      next_run_at: timestamp().nullable(),
      start_at: timestamp().nullable(),
      end_at: timestamp().nullable(),
      status_message: z.string().nullable(),
      parameters: z.record(z.string(), z.unknown()),
      scope_document: z.array(z.unknown()),
      cpu_weight: ratio().nullable(),
      ram_weight: ratio().nullable(),
    }),
    plans: z.array(
      planSummarySchema.extend({
        state_meaning: z.string(),
        status_message: z.string().nullable(),
        efficacy: z.array(indicatorSchema),
        global_efficacy: z.array(indicatorSchema),
        shown: z.boolean(),
      }),
    ),
    waves: z
      .array(z.array(actionSchema))
      .meta({ description: 'Actions of the current plan; a wave starts when the previous one has ended.' }),
    cautions: z.array(cautionSchema).meta({ description: 'What to know before the current plan is started.' }),
    migrations: z.array(migrationSchema).meta({ description: 'In execution order.' }),
    shutdowns: z.array(shutdownSchema).meta({ description: 'VMs that the plan takes out of service.' }),
    projection: projectionSchema.nullable(),
    outcome: outcomeSchema.nullable().meta({ description: 'null if no host is known.' }),
    drift: driftSchema.nullable().meta({ description: 'null without a plan.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'AuditDetail' });

export type PlanSummary = z.output<typeof planSummarySchema>;
export type AuditSummary = z.output<typeof auditSummarySchema>;
export type AuditList = z.output<typeof auditListSchema>;
export type ActionView = z.output<typeof actionSchema>;
export type Migration = z.output<typeof migrationSchema>;
export type AuditDetail = z.output<typeof auditDetailSchema>;
