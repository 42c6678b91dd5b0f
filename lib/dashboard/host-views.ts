import 'server-only';
import type { HistoryRange, HostColumn, HostFilter } from '@/lib/contract/query';
import type { HostDetail, HostHistory, Hosts } from '@/lib/contract/v1/hosts';
import type { ClusterHost } from '@/lib/domain/cluster';
import { selectHosts } from '@/lib/domain/host-list';
import { describePast } from '@/lib/domain/host-past';
import { effectOfPlan, newestWithPlan, type PlanEffect } from '@/lib/domain/host-plan';
import { describeHost, describeServer } from '@/lib/domain/overview';
import { readEnv } from '@/lib/env';
import { takePast, takeServerLoad } from './host-readings';
import {
  auditCasesOf,
  clusterOf,
  describeReadings,
  describeTaken,
  type Moment,
  need,
  needValue,
  planViewOf,
  whyMissing,
} from './moment';
import { limitsOf } from './settings';

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
