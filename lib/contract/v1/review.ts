import { z } from 'zod';
import { percentage, timestamp } from '../fields';
import { actionSchema } from './audits';
import { deliveredSchema } from './delivered';
import { explanationSchema } from './explanations';
import { auditPlansSchema, planEntrySchema } from './plans';
import { readingsSchema } from './readings';
import { sceneGroupSchema, sceneProjectsSchema, sceneSchema, sceneVmSchema } from './scene';
import { trimSchema } from './trim';
import { reviewResultSchema } from './verdicts';

/** GET /api/v1/audits/{id}/plans/{plan}/review */
export const planReviewSchema = z
  .object({
    audit: auditPlansSchema.shape.audit,
    plan: planEntrySchema,
    waves: z
      .array(z.array(actionSchema))
      .meta({ description: 'All actions; a wave starts when the previous one has ended.' }),
    made_at: timestamp().meta({ description: 'Time of this review.' }),
    scene: sceneSchema,
    result: reviewResultSchema.meta({ description: 'Result for the plan as it is, or for the requested variant.' }),
    trim: trimSchema.meta({
      description: 'How many of its moves are enough, whichever the requested variant leaves out.',
    }),
    delivered: deliveredSchema.nullable().meta({ description: 'null if the plan did not run.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'PlanReview' });

/** GET /api/v1/audits/{id}/review: summary of the review of an audit's current plan. */
export const reviewSummarySchema = z
  .object({
    explanation: explanationSchema.nullable(),
    plan_id: z.string().nullable(),
    review: reviewResultSchema
      .pick({ verdict: true, counts: true, totals: true })
      .extend({ score_now: percentage().nullable(), score_after: percentage().nullable() })
      .nullable()
      .meta({ description: 'null without a plan.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'ReviewSummary' });

/** GET /api/v1/audits/{id}/plans/{plan}/export */
export const planExportSchema = z
  .object({
    markdown: z.string().meta({ description: 'For a change ticket.' }),
    csv: z.string().meta({ description: 'One row per move, then one per VM taken out of service.' }),
    commands: z.string().meta({ description: 'A shell script of openstack commands, in wave order.' }),
  })
  .meta({ id: 'PlanExport' });

/** GET /api/v1/hosts/{name}/servers: VMs of a host in the form that a review needs. */
export const hostServersSchema = z
  .object({
    host: z.string(),
    vms: z.array(sceneVmSchema),
    projects: sceneProjectsSchema,
    groups: z.array(sceneGroupSchema).meta({ description: 'Server groups of these VMs, with all their members.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'HostServers' });

export type PlanReview = z.output<typeof planReviewSchema>;
export type HostServers = z.output<typeof hostServersSchema>;
export type ReviewSummary = z.output<typeof reviewSummarySchema>;
