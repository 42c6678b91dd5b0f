import 'server-only';
import type { HistoryRange, HostColumn, HostFilter } from '@/lib/contract/choices';
import type { HostDetail, HostHistory, Hosts } from '@/lib/contract/v1/hosts';
import type { Overview } from '@/lib/contract/v1/overview';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { selectHosts } from '@/lib/domain/cluster/host-list';
import { describePast } from '@/lib/domain/cluster/host-past';
import { groundsOf } from '@/lib/domain/cluster/must-not-move';
import { describeHost, describeServer, summarizeRegion } from '@/lib/domain/cluster/overview';
import { NO_MOVES } from '@/lib/domain/cluster/vm-moves';
import { isMigration } from '@/lib/domain/plans/actions';
import { shownActions } from '@/lib/domain/plans/audit-case';
import { isOpen } from '@/lib/domain/plans/states';
import { effectOfPlan, newestWithPlan, type PlanEffect } from '@/lib/domain/projection/host-plan';
import { takePast, takeServerLoad } from '../collect/host-readings';
import { auditCasesOf, clusterOf, movesOf, planViewOf } from '../collect/joined';
import { marksOf } from '../collect/marks';
import type { PlaceOf } from '../collect/places';
import {
  need,
  needValue,
  type ReadingSet,
  readingState,
  readingStates,
  takeComplete,
  takeReadings,
  whyMissing,
} from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { type HostsGiven, hostsGiven } from './host-places';
import { outOf } from './out-of-service';
import { asView, orNothing, type View } from './view';

/** Views of hosts. All need the inventory and throw a SourceError of Nova without one. */

export type HostsQuery = {
  q?: string;
  zone?: string;
  aggregate?: string;
  show: HostFilter;
  sort: HostColumn;
  order: 'asc' | 'desc';
  limit: number;
  offset: number;
};

/** The plan of a chosen audit; `gone` if there is no such audit. */
export type PlanChoice = { effect: PlanEffect | null; gone: boolean };

/** A plan to choose from: its audit's id and name, and how many VMs it moves. */
export type PlanOption = { id: string; name: string; createdAt: number; migrations: number; state: string };

/** More would not fit a readable list. */
const MAX_OPTIONS = 50;

/** Audits whose plan moves something and may still run, newest first, always including the chosen one. */
function listPlanOptions(readings: ReadingSet, effect: PlanEffect | null): PlanOption[] {
  if (!readings.optimizer?.value) return [];
  return auditCasesOf(readings)
    .flatMap((auditCase) => {
      const { audit, shown } = auditCase;
      if (shown === null) return [];
      const { id, name } = audit;
      const { state, createdAt } = shown;
      const migrations = shownActions(auditCase).filter(isMigration).length;
      const wanted = isOpen(state) && migrations > 0;
      return wanted || id === effect?.plan.audit_id ? [{ id, name, createdAt, migrations, state }] : [];
    })
    .slice(0, MAX_OPTIONS);
}

/** @param audit id or name; `none` for no plan; undefined for the newest audit with a plan */
export function choosePlan(readings: ReadingSet, audit: string | undefined): PlanChoice {
  // Audits are unknown without Watcher, and what a plan moves is unknown without all VMs.
  if (audit === 'none' || !readings.optimizer?.value || readings.inventory?.state === 'partial')
    return { effect: null, gone: false };
  const cases = auditCasesOf(readings);
  const chosen =
    audit === undefined
      ? newestWithPlan(cases)
      : cases.find(({ audit: { id, name } }) => id === audit || name === audit);
  if (!chosen) return { effect: null, gone: audit !== undefined };
  return { effect: effectOfPlan(chosen, planViewOf(readings, chosen)), gone: false };
}

/** What a view of hosts is made of, besides readings. */
type Given = HostsGiven & { effect: PlanEffect | null };

export function viewHosts(readings: ReadingSet, query: HostsQuery, { effect, kept, placeOf }: Given): Hosts {
  need(readings, 'inventory');
  const { limits } = readings.settings;
  const isPart = readings.inventory?.state === 'partial';
  const whyOut = outOf(readings, kept);
  const all = clusterOf(readings).hosts.map((host) => {
    const described = {
      ...describeHost(host, limits, effect?.after.get(host.name)),
      ...placeIn(placeOf, host),
      out: whyOut(host),
    };
    return isPart ? { ...described, vms: null } : described;
  });
  const { hosts, ...found } = selectHosts(all, { ...query, search: query.q ?? '' });
  const { limit, offset } = query;
  return {
    hosts: hosts.slice(offset, offset + limit),
    total: hosts.length,
    ...found,
    limit,
    offset,
    plan: effect?.plan ?? null,
    readings: readingStates(readings),
  };
}

const placeIn = (placeOf: PlaceOf | null, { name }: ClusterHost): ReturnType<PlaceOf> =>
  placeOf?.(name) ?? { zone: null, aggregates: null };

/** A host by any of its names. */
export function findHost(readings: ReadingSet, name: string): ClusterHost | undefined {
  need(readings, 'inventory');
  const { byName, index } = clusterOf(readings);
  return byName.get(index.resolve(name) ?? name);
}

export async function viewHost(
  readings: ReadingSet,
  host: ClusterHost,
  { effect, kept, placeOf }: Given,
): Promise<HostDetail> {
  const [load, marks] = await Promise.all([takeServerLoad(readings, host), marksOf(readings)]);
  const { history, byVm } = movesOf(readings);
  const noExporter = load.value !== null && load.value.source === null;
  return {
    host: {
      ...describeHost(host, readings.settings.limits, effect?.after.get(host.name)),
      ...placeIn(placeOf, host),
      out: outOf(readings, kept)(host),
    },
    servers: host.servers.map((server) => ({
      ...describeServer(server, load.value?.use[server.id], readings.projects),
      must_not_move: groundsOf(server, marks),
      moves: history.as_of === null ? null : (byVm.get(server.id) ?? NO_MOVES),
    })),
    vm_use: {
      ...readingState(load, 'prometheus'),
      reason: noExporter ? 'No exporter reports single VMs.' : whyMissing(load),
    },
    move_history: history,
    plan: effect?.plan ?? null,
    leaving: effect?.migrations.filter(({ source }) => source === host.name) ?? [],
    arriving: effect?.migrations.filter(({ destination }) => destination === host.name) ?? [],
    readings: readingStates(readings),
  };
}

/** @throws SourceError of Prometheus without a reading */
export async function viewHostHistory(
  readings: ReadingSet,
  host: ClusterHost,
  range: HistoryRange,
): Promise<HostHistory> {
  const past = await takePast(readings, host, range);
  const { grid, points: history, found } = needValue(past, 'prometheus');
  const points = describePast(history);
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
    reading: readingState(past, 'prometheus'),
  };
}

/** What pages show besides the API's answers. `gone`: the requested audit no longer exists, so the newest is used. */
type OfPlan = { plans: PlanOption[]; gone: boolean };
export type HostsPage = OfPlan & { hosts: Hosts; region: Overview['region'] };
export type HostPage = OfPlan & { detail: HostDetail };

/** The plan that a page shows, and those to choose from. */
export function planForPage(readings: ReadingSet, audit: string | undefined): OfPlan & { effect: PlanEffect | null } {
  const { effect, gone } = choosePlan(readings, audit);
  const shown = gone ? choosePlan(readings, undefined).effect : effect;
  return { effect: shown, gone, plans: listPlanOptions(readings, shown) };
}

export const readHosts = (region: RegionId, query: HostsQuery, audit: string | undefined): Promise<View<HostsPage>> =>
  asView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const { effect, ...plan } = planForPage(readings, audit);
    const given = { effect, ...(await hostsGiven(region, readings)) };
    const hosts = viewHosts(readings, query, given);
    // If the page no longer exists, because hosts left or the filter changed, show the last one.
    const last = Math.max(0, Math.ceil(hosts.total / query.limit) - 1) * query.limit;
    const { limits } = readings.settings;
    const summary = summarizeRegion(need(readings, 'inventory').region, clusterOf(readings), limits);
    return {
      ...plan,
      region: summary,
      hosts: query.offset > last ? viewHosts(readings, { ...query, offset: last }, given) : hosts,
    };
  });

/** null if there is no such host. */
export const readHost = (region: RegionId, name: string, audit: string | undefined): Promise<View<HostPage> | null> =>
  orNothing(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const host = findHost(readings, name);
    if (!host) return null;
    const { effect, ...plan } = planForPage(readings, audit);
    return { ...plan, detail: await viewHost(readings, host, { effect, ...(await hostsGiven(region, readings)) }) };
  });

/** null if there is no such host. */
export const readHostHistory = (
  region: RegionId,
  name: string,
  range: HistoryRange,
): Promise<View<HostHistory> | null> =>
  orNothing(async () => {
    const readings = await takeReadings(region, ['inventory', 'load']);
    const host = findHost(readings, name);
    return host ? viewHostHistory(readings, host, range) : null;
  });
