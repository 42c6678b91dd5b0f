import 'server-only';
import type { HistoryRange, HostColumn, HostFilter } from '@/lib/contract/choices';
import type { HostDetail, HostHistory, Hosts } from '@/lib/contract/v1/hosts';
import type { Overview } from '@/lib/contract/v1/overview';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { selectHosts } from '@/lib/domain/cluster/host-list';
import { describePast } from '@/lib/domain/cluster/host-past';
import { describeHost, describeServer, summarizeRegion } from '@/lib/domain/cluster/overview';
import { isMigration } from '@/lib/domain/plans/actions';
import { shownActions } from '@/lib/domain/plans/audit-case';
import { isOpen } from '@/lib/domain/plans/states';
import { effectOfPlan, newestWithPlan, type PlanEffect } from '@/lib/domain/projection/host-plan';
import { readEnv } from '@/lib/env';
import { takePast, takeServerLoad } from '../collect/host-readings';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import {
  describeReadings,
  describeTaken,
  type Moment,
  need,
  needValue,
  takeMoment,
  whyMissing,
} from '../collect/moment';
import { ALL_READINGS } from '../collect/readings';
import { limitsOf } from './settings';
import { asView, orNothing, type View } from './view';

/** What is shown and answered of hosts. Each needs the inventory, and throws the SourceError of Nova where there is none. */

export type HostsQuery = {
  q?: string;
  show: HostFilter;
  sort: HostColumn;
  order: 'asc' | 'desc';
  limit: number;
  offset: number;
};

/** The plan that an audit's id or name stands for; `gone` where there is no such audit. */
export type PlanChoice = { effect: PlanEffect | null; gone: boolean };

/** A plan that can be chosen: what its audit is called, and how much it moves. */
export type PlanOption = { id: string; name: string; createdAt: number; migrations: number; state: string };

/** So many that a list of them can be read. */
const MOST_OPTIONS = 50;

/** Audits whose plan moves something and may still run, newest first, and the chosen one in any case. */
export function listPlanOptions(moment: Moment, effect: PlanEffect | null): PlanOption[] {
  if (!moment.optimizer?.value) return [];
  return auditCasesOf(moment)
    .flatMap((auditCase) => {
      const { audit, shown } = auditCase;
      if (shown === null) return [];
      const { id, name } = audit;
      const { state, createdAt } = shown;
      const migrations = shownActions(auditCase).filter(isMigration).length;
      const wanted = isOpen(state) && migrations > 0;
      return wanted || id === effect?.plan.audit_id ? [{ id, name, createdAt, migrations, state }] : [];
    })
    .slice(0, MOST_OPTIONS);
}

/** @param audit id or name; the newest audit with a plan where none is named; `none` for no plan */
export function choosePlan(moment: Moment, audit: string | undefined): PlanChoice {
  // Without Watcher nobody can say which audits there are, and without all VMs what a plan would move.
  if (audit === 'none' || !moment.optimizer?.value || moment.inventory?.state === 'partial')
    return { effect: null, gone: false };
  const cases = auditCasesOf(moment);
  const chosen =
    audit === undefined
      ? newestWithPlan(cases)
      : cases.find(({ audit: { id, name } }) => id === audit || name === audit);
  if (!chosen) return { effect: null, gone: audit !== undefined };
  return { effect: effectOfPlan(chosen, planViewOf(moment, chosen)), gone: false };
}

export function viewHosts(moment: Moment, query: HostsQuery, effect: PlanEffect | null): Hosts {
  need(moment, 'inventory');
  const limits = limitsOf(readEnv());
  const all = clusterOf(moment).hosts.map((host) => describeHost(host, limits, effect?.after.get(host.name)));
  const { hosts, counts } = selectHosts(all, { ...query, search: query.q ?? '' });
  const { limit, offset } = query;
  return {
    hosts: hosts.slice(offset, offset + limit),
    total: hosts.length,
    counts,
    limit,
    offset,
    plan: effect?.plan ?? null,
    readings: describeReadings(moment),
  };
}

/** A host by any of its names. */
export function findHost(moment: Moment, name: string): ClusterHost | undefined {
  need(moment, 'inventory');
  const { byName, index } = clusterOf(moment);
  return byName.get(index.resolve(name) ?? name);
}

export async function viewHost(moment: Moment, host: ClusterHost, effect: PlanEffect | null): Promise<HostDetail> {
  const load = await takeServerLoad(moment, host);
  const noExporter = load.value !== null && load.value.source === null;
  return {
    host: describeHost(host, limitsOf(readEnv()), effect?.after.get(host.name)),
    servers: host.servers.map((server) => describeServer(server, load.value?.use[server.id])),
    server_use: {
      ...describeTaken(load, 'prometheus'),
      reason: noExporter ? 'No exporter reports single VMs.' : whyMissing(load),
    },
    plan: effect?.plan ?? null,
    leaving: effect?.migrations.filter(({ source }) => source === host.name) ?? [],
    arriving: effect?.migrations.filter(({ destination }) => destination === host.name) ?? [],
    readings: describeReadings(moment),
  };
}

/** @throws SourceError of Prometheus where it has given nothing */
export async function viewHostHistory(moment: Moment, host: ClusterHost, range: HistoryRange): Promise<HostHistory> {
  const past = await takePast(moment, host, range);
  const { grid, moments, found } = needValue(past, 'prometheus');
  const points = describePast(moments);
  const measured = points.some(({ cpu_percentage: cpu, ram_percentage: ram }) => cpu !== null || ram !== null);
  return {
    host: host.name,
    range,
    from: grid.start,
    until: grid.end,
    step_seconds: grid.step / 1000,
    points,
    reason: measured
      ? null
      : found
        ? 'Nothing was measured in this time.'
        : 'No exporter reports this host under a known name.',
    reading: describeTaken(past, 'prometheus'),
  };
}

/** What the pages show beside the API's answers. `gone`: the audit that was asked for is no more, the newest stands in. */
type OfPlan = { plans: PlanOption[]; gone: boolean };
export type HostsPage = OfPlan & { hosts: Hosts; region: Overview['region'] };
export type HostPage = OfPlan & { detail: HostDetail };

function planOfPage(moment: Moment, audit: string | undefined): OfPlan & { effect: PlanEffect | null } {
  const { effect, gone } = choosePlan(moment, audit);
  const shown = gone ? choosePlan(moment, undefined).effect : effect;
  return { effect: shown, gone, plans: listPlanOptions(moment, shown) };
}

export const readHosts = (query: HostsQuery, audit: string | undefined): Promise<View<HostsPage>> =>
  asView(async () => {
    const moment = await takeMoment(ALL_READINGS);
    const { effect, ...plan } = planOfPage(moment, audit);
    const hosts = viewHosts(moment, query, effect);
    // A page that is no more, because hosts left or another filter came: the last one there is.
    const last = Math.max(0, Math.ceil(hosts.total / query.limit) - 1) * query.limit;
    const region = summarizeRegion(need(moment, 'inventory').region, clusterOf(moment), limitsOf(readEnv()));
    return {
      ...plan,
      region,
      hosts: query.offset > last ? viewHosts(moment, { ...query, offset: last }, effect) : hosts,
    };
  });

/** null if there is no such host. */
export const readHost = (name: string, audit: string | undefined): Promise<View<HostPage> | null> =>
  orNothing(async () => {
    const moment = await takeMoment(ALL_READINGS);
    const host = findHost(moment, name);
    if (!host) return null;
    const { effect, ...plan } = planOfPage(moment, audit);
    return { ...plan, detail: await viewHost(moment, host, effect) };
  });

/** null if there is no such host. */
export const readHostHistory = (name: string, range: HistoryRange): Promise<View<HostHistory> | null> =>
  orNothing(async () => {
    const moment = await takeMoment(['inventory', 'load']);
    const host = findHost(moment, name);
    return host ? viewHostHistory(moment, host, range) : null;
  });
