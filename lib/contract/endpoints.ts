import type { z } from 'zod';
import { auditsSchema } from './promised/audits';
import { sourceStatusSchema } from './promised/source-status';
import { statsSchema } from './promised/stats';
import {
  auditQuerySchema,
  compareQuerySchema,
  historyQuerySchema,
  hostPlanQuerySchema,
  hostsQuerySchema,
  noQuerySchema,
  variantQuerySchema,
} from './query';
import { auditDetailSchema, auditListSchema } from './v1/audits';
import { comparisonSchema } from './v1/compare';
import { deliveriesSchema } from './v1/delivered';
import { doctorSchema } from './v1/doctor';
import { hostDetailSchema, hostHistorySchema, hostsSchema } from './v1/hosts';
import { overviewSchema } from './v1/overview';
import { auditPlansSchema } from './v1/plans';
import { guestsSchema, planReviewSchema, reviewSummarySchema, takeAwaySchema } from './v1/review';
import { sourcesSchema } from './v1/sources';

export type Endpoint = {
  path: string;
  summary: string;
  answer: z.ZodType;
  query: z.ZodObject;
  /** Path parameters and what they are. */
  params: Record<string, string>;
  /** The answer tells its quality in the headers Age, X-Data-State and X-Data-Unknown. */
  quality: boolean;
  /** The answer tells in X-Total-Count how many there are. */
  counted: boolean;
};

const endpoint = <A extends z.ZodType, Q extends z.ZodObject = typeof noQuerySchema>(
  path: string,
  summary: string,
  answer: A,
  more: Partial<Omit<Endpoint, 'query' | 'path' | 'summary' | 'answer'>> & { query?: Q } = {},
) => ({
  path,
  summary,
  answer,
  params: more.params ?? {},
  quality: more.quality ?? true,
  counted: more.counted ?? false,
  query: (more.query ?? noQuerySchema) as Q,
});

const PLAN_ID = 'uuid of the plan; `newest` for the one that stands for the audit.';
const AUDIT_ID = 'uuid or name of the audit.';
const HOST_NAME = { name: 'Service host, hypervisor name, short name or hypervisor uuid.' };

/** Every endpoint, once: routes, tests and the OpenAPI document are made from these rows. */
export const ENDPOINTS = {
  stats: endpoint('/api/stats/', 'Capacity of the region.', statsSchema),
  audits: endpoint('/api/audits/', 'Audits with what they would move, and CPU per host now and after.', auditsSchema, {
    counted: true,
  }),
  sourceStatus: endpoint('/api/source-status/', 'Whether the sources answer. Always 200.', sourceStatusSchema, {
    quality: false,
  }),
  overview: endpoint('/api/v1/overview/', 'Capacity of the region, with null for unknown.', overviewSchema),
  hosts: endpoint('/api/v1/hosts/', 'Compute hosts, now and after a plan; in natural order.', hostsSchema, {
    query: hostsQuerySchema,
    counted: true,
  }),
  host: endpoint('/api/v1/hosts/{name}/', 'One compute host with its VMs, now and after a plan.', hostDetailSchema, {
    params: HOST_NAME,
    query: hostPlanQuerySchema,
  }),
  hostHistory: endpoint('/api/v1/hosts/{name}/history/', 'CPU and RAM of a host over time.', hostHistorySchema, {
    params: HOST_NAME,
    query: historyQuerySchema,
  }),
  auditList: endpoint('/api/v1/audits/', 'Audits, newest first.', auditListSchema, {
    query: auditQuerySchema,
    counted: true,
  }),
  audit: endpoint(
    '/api/v1/audits/{id}/',
    'One audit: settings, plans, waves, migrations, projection.',
    auditDetailSchema,
    {
      params: { id: AUDIT_ID },
    },
  ),
  auditPlans: endpoint(
    '/api/v1/audits/{id}/plans/',
    'Every plan of an audit, and why it gave nothing where it did.',
    auditPlansSchema,
    { params: { id: AUDIT_ID } },
  ),
  reviewSummary: endpoint(
    '/api/v1/audits/{id}/review/',
    'The review of the plan that stands for an audit in a few figures, and why the audit gave nothing where it did.',
    reviewSummarySchema,
    { params: { id: AUDIT_ID } },
  ),
  planReview: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/review/',
    'What would come of a plan, or of a variant of it: verdict on every move, balance score, projection.',
    planReviewSchema,
    {
      params: { id: AUDIT_ID, plan: PLAN_ID },
      query: variantQuerySchema,
    },
  ),
  takeAway: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/take-away/',
    'A plan or a variant of it as Markdown, CSV and openstack commands.',
    takeAwaySchema,
    { params: { id: AUDIT_ID, plan: PLAN_ID }, query: variantQuerySchema },
  ),
  guests: endpoint('/api/v1/hosts/{name}/guests/', 'VMs of a host, as the review of a plan needs them.', guestsSchema, {
    params: HOST_NAME,
  }),
  compare: endpoint(
    '/api/v1/compare/',
    'Two plans, or a plan and a variant of it, side by side: moves in common and not, scores, work.',
    comparisonSchema,
    { query: compareQuerySchema },
  ),
  delivered: endpoint(
    '/api/v1/delivered/',
    'Executed plans: CPU as promised and as measured, and the mean error of each strategy.',
    deliveriesSchema,
  ),
  doctor: endpoint(
    '/api/v1/doctor/',
    'The chain from credentials to a useful plan, each link with evidence and fix. Always 200.',
    doctorSchema,
    { quality: false },
  ),
  sources: endpoint('/api/v1/sources/', 'Each service by itself.', sourcesSchema, { quality: false }),
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
