import 'server-only';
import type { z } from 'zod';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import type { PlanEffect } from '@/lib/domain/projection/host-plan';
import { toCommands, toCsv, toMarkdown } from '@/lib/domain/review/take-away';
import { readVariant } from '@/lib/domain/review/variant';
import { type Moment, takeMoment } from './collect/moment';
import { ALL_READINGS, CAPACITY_READINGS, type ReadingName } from './collect/readings';
import { RequestError } from './http/problems';
import { type Answer, type Content, serve } from './http/serve';
import { viewAudit, viewAuditList } from './views/audits';
import { viewComparison } from './views/compare';
import { viewDeliveries } from './views/delivered';
import { viewDoctor } from './views/doctor';
import { choosePlan, findHost, viewHost, viewHostHistory, viewHosts } from './views/hosts';
import { viewOverview } from './views/overview';
import { promiseAudits, promiseStats } from './views/promised';
import { qualityOf } from './views/quality';
import { findCase, findPlan, viewAuditPlans, viewGuests, viewPlanReview, viewReviewSummary } from './views/review';
import { promiseSourceStatus, viewSources } from './views/source-status';

type Context = { params: Promise<Record<string, string>> };
type Handler = (request: Request, context: Context) => Promise<Response>;

type Made<A extends z.ZodType> = Content<A> & Omit<Answer<A>, 'schema' | 'view' | 'pieces'>;

/** The GET handler of an endpoint: query checked, answer made, encoded by its contract. */
function handler<A extends z.ZodType, Q extends z.ZodObject>(
  endpoint: { answer: A; query: Q },
  make: (query: z.output<Q>, params: Record<string, string>) => Promise<Made<A>>,
): Handler {
  return async (request, context) => {
    const params = await context.params;
    return serve(request, params, async () => ({
      schema: endpoint.answer,
      ...(await make(checkQuery(endpoint.query, request), params)),
    }));
  };
}

/** While the very first reading is under way, such an answer has what is known already, and says so. */
const SO_FAR = { partial: true };

/** How each endpoint answers. The compiler asks for the row of a new endpoint. */
export const ANSWERS: Record<EndpointName, Handler> = {
  stats: handler(ENDPOINTS.stats, () =>
    ofMoment(CAPACITY_READINGS, (moment) => {
      const { view, unknown } = promiseStats(moment);
      return { view, quality: qualityOf(moment, unknown) };
    }),
  ),
  audits: handler(ENDPOINTS.audits, () =>
    ofMoment(ALL_READINGS, (moment) => {
      const { pieces, unknown, total } = promiseAudits(moment);
      return { pieces, total, quality: qualityOf(moment, unknown) };
    }),
  ),
  sourceStatus: handler(ENDPOINTS.sourceStatus, async () => ({ view: await promiseSourceStatus() })),
  overview: handler(ENDPOINTS.overview, () =>
    ofMoment(CAPACITY_READINGS, (moment) => ({ view: viewOverview(moment), quality: qualityOf(moment, []) }), SO_FAR),
  ),
  hosts: handler(ENDPOINTS.hosts, (query) =>
    ofMoment(
      ALL_READINGS,
      (moment) => {
        const view = viewHosts(moment, query, planFor(moment, query.audit));
        return { view, total: view.total, quality: qualityOf(moment, []) };
      },
      SO_FAR,
    ),
  ),
  host: handler(ENDPOINTS.host, ({ audit }, { name = '' }) =>
    withMoment(ALL_READINGS, async (moment) => ({
      view: await viewHost(moment, hostOf(moment, name), planFor(moment, audit)),
      quality: qualityOf(moment, []),
    })),
  ),
  hostHistory: handler(ENDPOINTS.hostHistory, ({ range }, { name = '' }) =>
    withMoment(['inventory', 'load'], async (moment) => {
      const view = await viewHostHistory(moment, hostOf(moment, name), range);
      const { state, as_of: asOf } = view.reading;
      return { view, quality: { state: state === 'stale' ? 'stale' : 'fresh', asOf, unknown: [] } };
    }),
  ),
  auditList: handler(ENDPOINTS.auditList, (query) =>
    ofMoment(ALL_READINGS, async (moment) => {
      const view = await viewAuditList(moment, query);
      return { view, total: view.total, quality: qualityOf(moment, []) };
    }),
  ),
  audit: handler(ENDPOINTS.audit, (_, { id = '' }) =>
    ofMoment(ALL_READINGS, (moment) => ({
      view: found(viewAudit(moment, id), 'There is no audit of this id or name.'),
      quality: qualityOf(moment, []),
    })),
  ),
  auditPlans: handler(ENDPOINTS.auditPlans, (_, { id = '' }) =>
    withMoment(ALL_READINGS, async (moment) => ({
      view: await viewAuditPlans(moment, caseOf(moment, id)),
      quality: qualityOf(moment, []),
    })),
  ),
  reviewSummary: handler(ENDPOINTS.reviewSummary, (_, { id = '' }) =>
    withMoment(ALL_READINGS, async (moment) => ({
      view: await viewReviewSummary(moment, caseOf(moment, id)),
      quality: qualityOf(moment, []),
    })),
  ),
  planReview: handler(ENDPOINTS.planReview, (query, { id = '', plan = '' }) =>
    withMoment(ALL_READINGS, async (moment) => ({
      view: (await reviewFor(moment, id, plan, query)).review,
      quality: qualityOf(moment, []),
    })),
  ),
  takeAway: handler(ENDPOINTS.takeAway, (query, { id = '', plan = '' }) =>
    withMoment(ALL_READINGS, async (moment) => {
      const { review, changed } = await reviewFor(moment, id, plan, query);
      const given = { review, result: review.result, changed };
      const view = { markdown: toMarkdown(given), csv: toCsv(given), commands: toCommands(given) };
      return { view, quality: qualityOf(moment, []) };
    }),
  ),
  guests: handler(ENDPOINTS.guests, (_, { name = '' }) =>
    withMoment(ALL_READINGS, async (moment) => ({
      view: await viewGuests(moment, hostOf(moment, name)),
      quality: qualityOf(moment, []),
    })),
  ),
  compare: handler(ENDPOINTS.compare, (query) =>
    withMoment(ALL_READINGS, async (moment) => {
      const view = await viewComparison(moment, query);
      if (typeof view === 'string') throw new RequestError(404, 'There is no such audit or plan.', view);
      return { view, quality: qualityOf(moment, []) };
    }),
  ),
  delivered: handler(ENDPOINTS.delivered, () =>
    withMoment(ALL_READINGS, async (moment) => ({
      view: await viewDeliveries(moment),
      quality: qualityOf(moment, []),
    })),
  ),
  doctor: handler(ENDPOINTS.doctor, async () => ({ view: await viewDoctor() })),
  sources: handler(ENDPOINTS.sources, async () => ({ view: await viewSources() })),
};

/** Of nothing but one moment's readings, so that it can be kept. */
async function ofMoment<T extends object>(
  names: readonly ReadingName[],
  make: (moment: Moment) => T | Promise<T>,
  options?: { partial: boolean },
): Promise<T & { isCurrent: () => boolean }> {
  return withMoment(names, async (moment) => ({ ...(await make(moment)), isCurrent: moment.isCurrent }), options);
}

async function withMoment<T>(
  names: readonly ReadingName[],
  make: (moment: Moment) => T | Promise<T>,
  options?: { partial: boolean },
): Promise<T> {
  return make(await takeMoment(names, options));
}

const hostOf = (moment: Moment, name: string) =>
  found(findHost(moment, name), 'There is no compute host of this name.');

const caseOf = (moment: Moment, id: string) => found(findCase(moment, id), 'There is no audit of this id or name.');

async function reviewFor(moment: Moment, id: string, planId: string, query: Record<string, string | undefined>) {
  const auditCase = caseOf(moment, id);
  const plan = found(findPlan(auditCase, planId), 'The audit has no plan of this id.');
  const review = await viewPlanReview(moment, auditCase, plan, (moves) =>
    readVariant({ get: (name) => query[name] ?? null }, moves),
  );
  return { review, changed: Object.values(query).some((value) => value !== undefined) };
}

function planFor(moment: Moment, audit: string | undefined): PlanEffect | null {
  const { effect, gone } = choosePlan(moment, audit);
  if (gone) throw new RequestError(404, 'There is no audit of this id or name.', 'audit');
  return effect;
}

function found<T>(view: T | null | undefined, message: string): T {
  if (view === null || view === undefined) throw new RequestError(404, message);
  return view;
}

/** Parameters of an endpoint that knows none are not looked at: proxies and monitors add their own. */
function checkQuery<Q extends z.ZodObject>(schema: Q, request: Request): z.output<Q> {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const parameter = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.map(String).join('.');
  throw new RequestError(400, `The query parameter ${parameter} is wrong: ${issue?.message}.`, parameter);
}
