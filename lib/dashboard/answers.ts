import 'server-only';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { knownGoals, knownStrategies } from '@/lib/domain/plans/known-names';
import { toCsv, toMarkdown } from '@/lib/domain/review/export';
import { toCommands } from '@/lib/domain/review/export-commands';
import { asksForVariant, VariantError } from '@/lib/domain/review/variant';
import { SECOND_MS } from '@/lib/units';
import { viewPlanCheck } from './acts/check';
import { viewDrain } from './acts/drain';
import { viewJournal } from './acts/entries';
import { viewOutMore } from './acts/out-more';
import { permissionOf } from './acts/permission';
import { viewRegions } from './acts/regions-page';
import { viewCarefulRun, viewCarefulRuns } from './careful/view-careful';
import { auditCasesOf, findCase } from './collect/joined';
import { takeWithin } from './collect/places';
import { needAllServers, type ReadingSet, takeComplete, takeReadings } from './collect/reading-set';
import { ALL_READINGS, CAPACITY_READINGS } from './collect/reading-values';
import { withCsv } from './csv-twins';
import { found, fromReadings, type Handler, handler } from './handlers';
import { requireKnown, requireNoOffset } from './http/check-query';
import { exportFile, pageOf, withFormats } from './http/export-formats';
import { personal } from './http/personal';
import { RequestError } from './http/problems';
import { requirePlace } from './http/require-place';
import type { RegionId } from './process/region';
import { viewActivity } from './views/activity';
import { viewAudit, viewAuditList } from './views/audits';
import { CAPACITY_NAMES, viewCapacity } from './views/capacity';
import { viewComparison } from './views/compare';
import { viewDeliveries } from './views/delivered';
import { viewDoctor } from './views/doctor';
import { viewForecasts } from './views/forecast';
import { FAILURE_READINGS, positionsOf, viewHostFailures } from './views/host-failures';
import { hostsGiven } from './views/host-places';
import { choosePlan, findHost, viewHost, viewHostHistory, viewHosts } from './views/hosts';
import { viewAuditProgress, viewNewAudit, viewNewAuditCheck } from './views/new-audit';
import { viewOverview } from './views/overview';
import { viewPlanList } from './views/plan-list';
import type { PlanOfAudit } from './views/plan-scene';
import { promiseAudits, promiseStats } from './views/promised';
import { OF_REPEATING, viewRepeating } from './views/repeating';
import { findPlan, viewAuditPlans, viewHostServers, viewPlanReview, viewReviewSummary } from './views/review';
import { viewRun } from './views/run';
import { promiseSourceStatus, viewSources } from './views/source-status';
import { viewProgress } from './views/state';
import { viewFound, viewVm, viewVms } from './views/vms';

const KEPT_CAPACITY = { names: CAPACITY_READINGS, kept: true };
const KEPT = { names: ALL_READINGS, kept: true };
const ALL = { names: ALL_READINGS };

/** How each endpoint answers. The compiler asks for the row of a new endpoint. */
export const ANSWERS: Record<EndpointName, Handler> = withCsv({
  stats: fromReadings(ENDPOINTS.stats, KEPT_CAPACITY, promiseStats),
  audits: fromReadings(ENDPOINTS.audits, KEPT, promiseAudits),
  sourceStatus: handler(ENDPOINTS.sourceStatus, async ({ region }) => ({ view: await promiseSourceStatus(region) })),
  overview: fromReadings(ENDPOINTS.overview, { ...KEPT_CAPACITY, partial: true }, async (readings, { query }) => {
    await requirePlace(readings, query);
    return { view: viewOverview(readings, await takeWithin(readings, query)) };
  }),
  forecast: fromReadings(ENDPOINTS.forecast, { names: CAPACITY_READINGS }, async (readings) => ({
    view: await viewForecasts(readings),
  })),
  capacity: fromReadings(ENDPOINTS.capacity, { names: CAPACITY_NAMES, kept: true }, async (readings, { query }) => {
    await requirePlace(readings, query);
    return { view: await viewCapacity(readings, query) };
  }),
  hostFailures: fromReadings(
    ENDPOINTS.hostFailures,
    { names: FAILURE_READINGS, kept: true },
    async (readings, { query }) => {
      await requirePlace(readings, { aggregate: query.aggregate });
      const together = await positionsOf(readings, query);
      if (together === null) throw new RequestError('not-found', NO_HOST, 'hosts');
      return { view: await viewHostFailures(readings, { k: query.k, together }) };
    },
  ),
  hosts: fromReadings(ENDPOINTS.hosts, { ...KEPT, partial: true }, async (readings, asked) => {
    await requirePlace(readings, asked.query);
    const given = await givenFor(readings, asked);
    const view = viewHosts(readings, asked.query, given);
    // A run that drains a host may end at any time, and aggregates may be read by then.
    return {
      view,
      total: view.total,
      isCurrent: () => given.kept.draining.size === 0 && given.placeOf !== null && readings.isCurrent(),
    };
  }),
  outOfService: fromReadings(ENDPOINTS.outOfService, ALL, async (readings) => ({ view: await viewOutMore(readings) })),
  host: fromReadings(ENDPOINTS.host, ALL, async (readings, asked) => ({
    view: await viewHost(readings, hostOf(readings, asked.params), await givenFor(readings, asked)),
  })),
  vms: fromReadings(ENDPOINTS.vms, ALL, async (readings, { query }) => {
    needAllServers(readings);
    const view = await viewVms(readings, query);
    return { view, total: view.total };
  }),
  vm: fromReadings(ENDPOINTS.vm, ALL, async (readings, { params: { id = '' } }) => {
    needAllServers(readings);
    return { view: found(await viewVm(readings, id), 'Nova has no VM with this id.') };
  }),
  find: fromReadings(ENDPOINTS.find, { ...ALL, partial: true }, async (readings, { query }) => ({
    view: await viewFound(readings, query.q),
  })),
  hostHistory: fromReadings(
    ENDPOINTS.hostHistory,
    { names: ['inventory', 'load'] },
    async (readings, { query, params }) => {
      const view = await viewHostHistory(readings, hostOf(readings, params), query.range);
      const { state, as_of: asOf } = view.reading;
      return { view, quality: { state: state === 'stale' ? 'stale' : 'fresh', asOf, unknown: [] } };
    },
  ),
  auditList: fromReadings(ENDPOINTS.auditList, KEPT, async (readings, { query }) => {
    const cases = auditCasesOf(readings);
    requireKnown('goal', query.goal, knownGoals(cases));
    requireKnown('strategy', query.strategy, knownStrategies(cases));
    requireNoOffset(query);
    const view = await viewAuditList(readings, query);
    return { view, total: view.total };
  }),
  audit: fromReadings(ENDPOINTS.audit, KEPT, async (readings, { params: { id = '' } }) => {
    needAllServers(readings);
    return { view: found(await viewAudit(readings, id), NO_AUDIT) };
  }),
  plans: fromReadings(ENDPOINTS.plans, ALL, async (readings, { query }) => {
    needAllServers(readings);
    const cases = auditCasesOf(readings);
    requireKnown('goal', query.goal, knownGoals(cases));
    requireKnown('strategy', query.strategy, knownStrategies(cases));
    requireNoOffset(query);
    const view = await viewPlanList(readings, query);
    return { view, total: view.total };
  }),
  auditPlans: fromReadings(ENDPOINTS.auditPlans, ALL, async (readings, { params }) => ({
    view: await viewAuditPlans(readings, caseOf(readings, params)),
  })),
  reviewSummary: fromReadings(ENDPOINTS.reviewSummary, ALL, async (readings, { params }) => ({
    view: await viewReviewSummary(readings, caseOf(readings, params)),
  })),
  planReview: fromReadings(ENDPOINTS.planReview, ALL, async (readings, asked) => ({
    view: await reviewOf(readings, asked),
  })),
  planExport: withFormats(
    fromReadings(ENDPOINTS.planExport, ALL, async (readings, { query, params, ...asked }) => {
      const { format, ...variant } = query;
      const review = await reviewOf(readings, { ...asked, query: variant, params });
      const changed = asksForVariant(parametersOf(variant));
      const given = {
        review,
        result: review.result,
        changed,
        link: pageOf(review, { region: readings.region, query: variant }),
      };
      const view = { markdown: toMarkdown(given), csv: toCsv(given), commands: toCommands(given) };
      return format === 'json' ? { view } : { view, file: exportFile(view[format], format, review.plan.id) };
    }),
  ),
  planRun: fromReadings(ENDPOINTS.planRun, ALL, async (readings, { params }) => ({
    view: await viewRun(readings, planOf(readings, params)),
  })),
  hostServers: fromReadings(ENDPOINTS.hostServers, ALL, async (readings, { params }) => ({
    view: await viewHostServers(readings, hostOf(readings, params)),
  })),
  compare: fromReadings(ENDPOINTS.compare, ALL, async (readings, { query }) => {
    const view = await orRefuse(viewComparison(readings, query));
    if (typeof view === 'string') throw new RequestError('not-found', 'There is no such audit or plan.', view);
    return { view };
  }),
  activity: fromReadings(ENDPOINTS.activity, ALL, async (readings, { query }) => ({
    view: await viewActivity(readings, query),
  })),
  delivered: fromReadings(ENDPOINTS.delivered, ALL, async (readings) => ({ view: await viewDeliveries(readings) })),
  planCheck: personal(ENDPOINTS.planCheck, async ({ region, query, params }, who) => {
    const wanted = { audit: params.id ?? '', plan: params.plan ?? '', leaving: query, since: Date.now() - LOOKED_MS };
    return found(await orRefuse(viewPlanCheck(region, wanted, who)), 'The audit has no plan with this id.');
  }),
  newAudit: personal(ENDPOINTS.newAudit, async ({ region, query }, { visitor, headers }) =>
    viewNewAudit(await takeComplete(region, ALL_READINGS), query.like, await permissionOf(visitor, headers, region)),
  ),
  newAuditCheck: personal(ENDPOINTS.newAuditCheck, async ({ region, query }) =>
    viewNewAuditCheck(await takeComplete(region, ALL_READINGS), query.settings),
  ),
  auditProgress: personal(ENDPOINTS.auditProgress, async ({ region, params }) =>
    found(await viewAuditProgress(await takeReadings(region, ['optimizer']), params.id ?? ''), NO_AUDIT),
  ),
  repeatingAudits: fromReadings(ENDPOINTS.repeatingAudits, { names: OF_REPEATING }, async (readings) => ({
    view: await viewRepeating(readings),
  })),
  hostDrain: personal(ENDPOINTS.hostDrain, async ({ region, params: { name = '' } }, who) =>
    found(await viewDrain(region, { name, since: Date.now() - LOOKED_MS }, who), NO_HOST),
  ),
  acts: personal(ENDPOINTS.acts, ({ region, query }) => viewJournal(region, query)),
  carefulRuns: personal(ENDPOINTS.carefulRuns, ({ region }) => viewCarefulRuns(region)),
  carefulRun: personal(ENDPOINTS.carefulRun, async ({ region, params }) =>
    found(await viewCarefulRun(region, params.run ?? ''), 'There is no such run.'),
  ),
  permission: personal(ENDPOINTS.permission, ({ region }, { visitor, headers }) =>
    permissionOf(visitor, headers, region),
  ),
  regions: personal(ENDPOINTS.regions, (_, { visitor, headers }) => viewRegions(visitor, headers)),
  doctor: handler(ENDPOINTS.doctor, async ({ region }) => ({ view: await viewDoctor(region) })),
  progress: handler(ENDPOINTS.progress, async ({ region }) => ({ view: { progress: await viewProgress(region) } })),
  sources: handler(ENDPOINTS.sources, async ({ region }) => ({ view: await viewSources(region) })),
});

/** People look at a plan more often than it changes; what starts it reads the cloud again in any case. */
const LOOKED_MS = 10 * SECOND_MS;

type Params = Record<string, string>;
const NO_HOST = 'There is no compute host with this name.';
const NO_AUDIT = 'There is no audit with this id or name.';

const hostOf = (readings: ReadingSet, { name = '' }: Params) => found(findHost(readings, name), NO_HOST);
const caseOf = (readings: ReadingSet, { id = '' }: Params) => found(findCase(readings, id), NO_AUDIT);

function planOf(readings: ReadingSet, params: Params): PlanOfAudit {
  const auditCase = caseOf(readings, params);
  return { auditCase, plan: found(findPlan(auditCase, params.plan ?? ''), 'The audit has no plan with this id.') };
}

/** The review of a plan or of a variant of it. */
function reviewOf(
  readings: ReadingSet,
  { query, params }: { query: Record<string, string | undefined>; params: Params },
) {
  return orRefuse(viewPlanReview(readings, planOf(readings, params), parametersOf(query)));
}

const parametersOf = (query: Record<string, string | undefined>) => ({ get: (name: string) => query[name] ?? null });

/** @throws RequestError for a variant that means nothing */
async function orRefuse<T>(made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof VariantError)) throw error;
    const { parameter, message } = error;
    throw new RequestError('invalid-parameter', `The parameter ${parameter} is invalid: ${message}.`, parameter);
  }
}

async function givenFor(readings: ReadingSet, { region, query }: { region: RegionId; query: { audit?: string } }) {
  const { effect, gone } = choosePlan(readings, query.audit);
  if (gone) throw new RequestError('not-found', NO_AUDIT, 'audit');
  return { effect, ...(await hostsGiven(region, readings)) };
}
