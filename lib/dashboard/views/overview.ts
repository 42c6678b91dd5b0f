import 'server-only';
import type { Overview, PhysicalOverview, VirtualOverview } from '@/lib/contract/v1/overview';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import {
  countFlavors,
  summarizePhysical,
  summarizeRegion,
  summarizeServers,
  summarizeVirtual,
} from '@/lib/domain/cluster/overview';
import { readEnv } from '@/lib/env';
import { groupsOf } from '../collect/groups';
import { clusterOf } from '../collect/joined';
import { describeReadings, type Moment, need, progressOf, takeMoment, whyMissing } from '../collect/moment';
import { CAPACITY_READINGS } from '../collect/readings';
import { limitsOf } from './settings';
import { asView, type View } from './view';

/** The capacity of the region. */

/** @throws SourceError of Nova where there is no inventory */
export function viewVirtual(moment: Moment): VirtualOverview {
  const { region, servers } = need(moment, 'inventory');
  const cluster = clusterOf(moment);
  const groups = groupsOf(servers);
  const source = moment.allocations?.value?.kind ?? null;
  const failure = whyMissing(moment.allocations);
  const vcpu = summarizeVirtual(cluster, 'vcpu', source, failure);
  const vram = summarizeVirtual(cluster, 'vram', source, failure);
  return {
    mode: moment.sources.mode,
    region: summarizeRegion(region, cluster, limitsOf(readEnv())),
    vcpu,
    vram,
    vm: summarizeServers(groups, cluster.hosts.length, { vcpus: vcpu.allocated, ramBytes: vram.allocated }),
    flavors: countFlavors(groups),
    progress: progressOf(moment),
    readings: describeReadings(moment),
  };
}

/** @throws SourceError of Nova where there is no inventory */
export function viewPhysical(moment: Moment): PhysicalOverview {
  const { region } = need(moment, 'inventory');
  const cluster = clusterOf(moment);
  const measuredBy = moment.load?.value?.exporters.hosts ?? null;
  const failure = whyMissing(moment.load);
  return {
    mode: moment.sources.mode,
    region: summarizeRegion(region, cluster, limitsOf(readEnv())),
    pcpu: summarizePhysical(cluster, 'cpu', measuredBy, failure),
    pram: summarizePhysical(cluster, 'ram', measuredBy, failure),
    diagnostics: {
      unmapped_targets: cluster.unmappedTargets,
      duplicate_targets: cluster.duplicateTargets,
      unmeasured_hosts: cluster.hosts.filter((host) => cpuPercent(host) === null).map(({ name }) => name),
    },
    progress: progressOf(moment),
    readings: describeReadings(moment),
  };
}

export function viewOverview(moment: Moment): Overview {
  return { ...viewVirtual(moment), ...viewPhysical(moment) };
}

export const readVirtual = (): Promise<View<VirtualOverview>> =>
  asView(async () => viewVirtual(await takeMoment(['inventory', 'allocations'], { partial: true })));

export const readPhysical = (): Promise<View<PhysicalOverview>> =>
  asView(async () => viewPhysical(await takeMoment(CAPACITY_READINGS, { partial: true })));
