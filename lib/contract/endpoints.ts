import type { z } from 'zod';
import { auditsSchema } from './promised/audits';
import { sourceStatusSchema } from './promised/source-status';
import { statsSchema } from './promised/stats';
import {
  auditQuerySchema,
  compareQuerySchema,
  exportQuerySchema,
  historyQuerySchema,
  hostPlanQuerySchema,
  hostsQuerySchema,
  noQuerySchema,
  openQuerySchema,
  variantQuerySchema,
} from './query';
import { auditDetailSchema, auditListSchema } from './v1/audits';
import { comparisonSchema } from './v1/compare';
import { deliveriesSchema } from './v1/delivered';
import { doctorSchema } from './v1/doctor';
import { hostDetailSchema, hostHistorySchema, hostsSchema } from './v1/hosts';
import { overviewSchema } from './v1/overview';
import { auditPlansSchema } from './v1/plans';
import { firstReadingSchema } from './v1/readings';
import { hostServersSchema, planExportSchema, planReviewSchema, reviewSummarySchema } from './v1/review';
import { sourcesSchema } from './v1/sources';

export type Endpoint = {
  path: string;
  summary: string;
  answer: z.ZodType;
  query: z.ZodObject;
  /** Descriptions of the path parameters, by name. */
  params: Record<string, string>;
  /** The response describes its data in the headers Age, X-Data-State and X-Data-Unknown. */
  quality: boolean;
  /** The response has the total number of items in X-Total-Count. */
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
  // Without a query, Q is the type of the schema for none.
  query: (more.query ?? noQuerySchema) as Q,
});

const PLAN_ID = "UUID of the plan, or `newest` for the audit's current plan.";
const AUDIT_ID = 'UUID or name of the audit, or `newest` for the newest audit.';
const HOST_NAME = { name: 'Service host, hypervisor name, short name or hypervisor UUID.' };

/** All endpoints. Routes, tests and the OpenAPI document come from these rows. */
export const ENDPOINTS = {
  stats: endpoint('/api/stats/', 'Capacity of the region.', statsSchema, { query: openQuerySchema }),
  audits: endpoint('/api/audits/', 'Audits with their migrations, and CPU per host now and after.', auditsSchema, {
    query: openQuerySchema,
    counted: true,
  }),
  sourceStatus: endpoint('/api/source-status/', 'Whether the sources respond. Always 200.', sourceStatusSchema, {
    query: openQuerySchema,
    quality: false,
  }),
  overview: endpoint('/api/v1/overview/', 'Capacity of the region, with null for unknown.', overviewSchema),
  hosts: endpoint('/api/v1/hosts/', 'Compute hosts, now and after a plan.', hostsSchema, {
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
    'One audit: settings, plans, waves, migrations, load after the plan.',
    auditDetailSchema,
    {
      params: { id: AUDIT_ID },
    },
  ),
  auditPlans: endpoint(
    '/api/v1/audits/{id}/plans/',
    'Every plan of an audit, with an explanation if the audit produced none.',
    auditPlansSchema,
    { params: { id: AUDIT_ID } },
  ),
  reviewSummary: endpoint(
    '/api/v1/audits/{id}/review/',
    "Summary of the review of an audit's current plan, with an explanation if the audit produced none.",
    reviewSummarySchema,
    { params: { id: AUDIT_ID } },
  ),
  planReview: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/review/',
    'Review of a plan or a variant of it: verdict on every move, balance score, load after the plan.',
    planReviewSchema,
    {
      params: { id: AUDIT_ID, plan: PLAN_ID },
      query: variantQuerySchema,
    },
  ),
  planExport: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/export/',
    'Export of a plan or a variant of it as Markdown, CSV and openstack commands.',
    planExportSchema,
    { params: { id: AUDIT_ID, plan: PLAN_ID }, query: exportQuerySchema },
  ),
  hostServers: endpoint(
    '/api/v1/hosts/{name}/servers/',
    'VMs of a host, in the form that a plan review needs.',
    hostServersSchema,
    {
      params: HOST_NAME,
    },
  ),
  compare: endpoint(
    '/api/v1/compare/',
    'Two plans, or a plan and a variant, side by side: shared and differing moves, scores, effort.',
    comparisonSchema,
    { query: compareQuerySchema },
  ),
  delivered: endpoint(
    '/api/v1/delivered/',
    'Executed plans: CPU as promised and as measured, and the mean error per strategy.',
    deliveriesSchema,
  ),
  doctor: endpoint(
    '/api/v1/doctor/',
    'The chain from credentials to a useful plan, with evidence and a fix for each link. Always 200.',
    doctorSchema,
    { quality: false },
  ),
  progress: endpoint(
    '/api/v1/progress/',
    'Progress of the first reading after a start; answers at once. Always 200.',
    firstReadingSchema,
    { quality: false },
  ),
  sources: endpoint('/api/v1/sources/', 'The state of each service.', sourcesSchema, { quality: false }),
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
