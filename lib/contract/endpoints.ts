import { ACTING_ENDPOINTS } from './acting-endpoints';
import { AUDIT_ID, NO_PLACE, PLAN } from './address-parts';
import { CAPACITY_ENDPOINTS } from './capacity-endpoints';
import { type Endpoint, endpoint } from './endpoint';
import { HOST_ENDPOINTS } from './host-endpoints';
import { auditsSchema } from './promised/audits';
import { sourceStatusSchema } from './promised/source-status';
import { statsSchema } from './promised/stats';
import {
  activityQuerySchema,
  auditQuerySchema,
  compareQuerySchema,
  exportQuerySchema,
  openQuerySchema,
  overviewQuerySchema,
  plansQuerySchema,
  variantQuerySchema,
} from './query';
import { activitySchema } from './v1/activity';
import { auditDetailSchema, auditListSchema } from './v1/audits';
import { comparisonSchema } from './v1/compare';
import { deliveriesSchema } from './v1/delivered';
import { doctorSchema } from './v1/doctor';
import { overviewSchema } from './v1/overview';
import { planListSchema } from './v1/plan-list';
import { auditPlansSchema } from './v1/plans';
import { firstReadingSchema } from './v1/readings';
import { regionsSchema } from './v1/regions';
import { planExportSchema, planReviewSchema, reviewSummarySchema } from './v1/review';
import { runSchema } from './v1/run';
import { sourcesSchema } from './v1/sources';
import { VM_ENDPOINTS } from './vm-endpoints';

const AUDIT = { params: { id: AUDIT_ID }, missing: 'No audit has this id or name.' };
const PROMISED =
  'This answer is promised: its fields and their meaning do not change. Unknown numbers are 0 and listed in X-Data-Unknown; the typed API has null. Query parameters are ignored.';

/** All endpoints. Routes, tests and the OpenAPI document come from these rows. */
export const ENDPOINTS = {
  stats: endpoint('/api/stats/', ['promised', 'Capacity of the region.', PROMISED], {
    answer: statsSchema,
    query: openQuerySchema,
  }),
  audits: endpoint(
    '/api/audits/',
    ['promised', 'Audits with their migrations, and CPU per host now and after.', PROMISED],
    { answer: auditsSchema, query: openQuerySchema, counted: true },
  ),
  sourceStatus: endpoint(
    '/api/source-status/',
    [
      'promised',
      'Whether the sources respond.',
      'Always 200: a source that fails has the status error. This answer is promised.',
    ],
    { answer: sourceStatusSchema, query: openQuerySchema, quality: false },
  ),
  overview: endpoint(
    '/api/v1/overview/',
    [
      'capacity',
      'Capacity of the region, with null for unknown.',
      'Physical CPU and RAM from Prometheus, virtual from Placement, VMs and flavors from Nova; of the hosts of a zone or an aggregate, if one is named. Answers during the first reading too, with `progress`.',
    ],
    { answer: overviewSchema, query: overviewQuerySchema, missing: NO_PLACE },
  ),
  ...CAPACITY_ENDPOINTS,
  ...HOST_ENDPOINTS,
  ...VM_ENDPOINTS,
  auditList: endpoint(
    '/api/v1/audits/',
    [
      'audits',
      'Audits, newest first.',
      'Without archived ones. With `since`, what has changed, for programs that poll: an audit is listed again when it, its current plan or the state of one of them changes. What is archived just leaves the list.',
    ],
    { answer: auditListSchema, query: auditQuerySchema, counted: true },
  ),
  audit: endpoint(
    '/api/v1/audits/{id}/',
    [
      'audits',
      'One audit: settings, plans, waves, migrations, load after the plan.',
      'The load is that of its current plan.',
    ],
    { ...AUDIT, answer: auditDetailSchema },
  ),
  plans: endpoint(
    '/api/v1/plans/',
    [
      'plans',
      'The plans of all audits: those that run, those that wait with what they would bring now, and those that are over.',
      'Plans that wait are ranked by what their moves that would still work would bring with the loads of now. With `since`, what has changed, for programs that poll: `since` with `plan_state=RECOMMENDED` lists every plan once that waits for a decision.',
    ],
    { answer: planListSchema, query: plansQuerySchema, counted: true, csv: '/plans.csv' },
  ),
  auditPlans: endpoint(
    '/api/v1/audits/{id}/plans/',
    [
      'plans',
      'Every plan of an audit, with an explanation if the audit produced none.',
      'Newest first. Explanations name the cause, what shows it, and what to do.',
    ],
    { ...AUDIT, answer: auditPlansSchema },
  ),
  reviewSummary: endpoint(
    '/api/v1/audits/{id}/review/',
    [
      'plans',
      "Summary of the review of an audit's current plan, with an explanation if the audit produced none.",
      'The numbers of verdicts and the balance, without the moves.',
    ],
    { ...AUDIT, answer: reviewSummarySchema },
  ),
  planReview: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/review/',
    [
      'plans',
      'Review of a plan or a variant of it: verdict on every move, balance score, load after the plan.',
      'Each move is checked against the cloud as the earlier moves leave it. Nothing is changed.',
    ],
    { ...PLAN, answer: planReviewSchema, query: variantQuerySchema },
  ),
  planExport: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/export/',
    [
      'plans',
      'Export of a plan or a variant of it as Markdown, CSV and openstack commands.',
      'One of the three as a file with `format` or Accept: text/csv, text/markdown or text/x-shellscript.',
    ],
    {
      ...PLAN,
      answer: planExportSchema,
      query: exportQuerySchema,
      files: ['text/csv', 'text/markdown', 'text/x-shellscript'],
    },
  ),
  planRun: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/run/',
    [
      'plans',
      'A plan while it runs: each move as Watcher and Nova have it, loads, events, what stopping would do.',
      'Followed for all who ask: Watcher and Nova are asked at most every few seconds. If one fails, its last word stays with its time. Once the run has ended: promised and delivered, and what it left behind.',
    ],
    { ...PLAN, answer: runSchema },
  ),
  compare: endpoint(
    '/api/v1/compare/',
    [
      'plans',
      'Two plans, or a plan and a variant, side by side: shared and differing moves, scores, effort.',
      'A variant in `off`, `to` and `empty` applies to the right plan.',
    ],
    {
      answer: comparisonSchema,
      query: compareQuerySchema,
      missing: 'No such audit or plan; `parameter` says on which side.',
    },
  ),
  activity: endpoint(
    '/api/v1/activity/',
    [
      'operation',
      'What happened lately: moves in Nova’s record (no matter who asked for them), audits, plans, hosts closed and opened, and the spread over time.',
      'A picture of some hours, not for polling: `since` of `/api/v1/audits/`, `/api/v1/plans/` and `/api/v1/acts/` list each change once. Acts with their reasons are in `/api/v1/acts/`.',
    ],
    { answer: activitySchema, query: activityQuerySchema, csv: '/moves.csv' },
  ),
  delivered: endpoint(
    '/api/v1/delivered/',
    [
      'plans',
      'Executed plans: CPU as promised and as measured, and the mean error per strategy.',
      'The newest plans that Prometheus still has the load of.',
    ],
    { answer: deliveriesSchema },
  ),
  ...ACTING_ENDPOINTS,
  doctor: endpoint(
    '/api/v1/doctor/',
    [
      'operation',
      'The chain from credentials to a useful plan, with evidence and a fix for each link.',
      'Always 200: a broken link has the status error.',
    ],
    { answer: doctorSchema, quality: false },
  ),
  regions: endpoint(
    '/api/v1/regions/',
    [
      'operation',
      'The regions that this server shows, each in one line, worst first.',
      'Always 200: a region that fails says so. The parameter `region` changes nothing here.',
    ],
    { answer: regionsSchema, quality: false },
  ),
  progress: endpoint(
    '/api/v1/progress/',
    [
      'operation',
      'Progress of the first reading after a start.',
      'Always 200, and at once. `progress` is null once the first reading is complete, and if it fails.',
    ],
    { answer: firstReadingSchema, quality: false },
  ),
  sources: endpoint(
    '/api/v1/sources/',
    ['operation', 'The state of each service.', 'Always 200: a service that fails has the status error.'],
    { answer: sourcesSchema, quality: false },
  ),
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
