import 'server-only';
import type { Overview, PhysicalOverview, VirtualOverview } from '@/lib/contract/v1/overview';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import { whyDisputed } from '@/lib/domain/cluster/missing-reason';
import {
  countFlavors,
  summarizePhysical,
  summarizeRegion,
  summarizeServers,
  summarizeVirtual,
  UNCOUNTED_SERVERS,
} from '@/lib/domain/cluster/overview';
import { type PlaceQuery, takeWithin, type Within } from '../collect/places';
import { need, progressOf, type ReadingSet, readingStates, takeReadings, whyMissing } from '../collect/reading-set';
import { CAPACITY_READINGS, type ReadingName } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { keepView, nameWithin } from './kept-view';
import { asShownView, type View } from './view';

/** The capacity of the region, or of a zone or an aggregate of it. */

/** @throws SourceError of Nova without an inventory */
function viewVirtual(readings: ReadingSet, { cluster, groups }: Within): VirtualOverview {
  const { region } = need(readings, 'inventory');
  const source = readings.allocations?.value?.kind ?? null;
  const failure = whyMissing(readings.allocations) ?? whyDisputed(readings.allocations?.value ?? null);
  const vcpu = summarizeVirtual(cluster, 'vcpu', { source, failure });
  const vram = summarizeVirtual(cluster, 'vram', { source, failure });
  const isPart = readings.inventory?.state === 'partial';
  return {
    mode: readings.sources.mode,
    region: summarizeRegion(region, cluster, readings.settings.limits),
    vcpu,
    vram,
    vm: isPart
      ? UNCOUNTED_SERVERS
      : summarizeServers(groups, cluster.hosts.length, { vcpus: vcpu.allocated, ramBytes: vram.allocated }),
    flavors: isPart ? null : countFlavors(groups),
    progress: progressOf(readings),
    readings: readingStates(readings),
  };
}

/** @throws SourceError of Nova without an inventory */
function viewPhysical(readings: ReadingSet, { cluster }: Within): PhysicalOverview {
  const { region } = need(readings, 'inventory');
  const measuredBy = readings.load?.value?.exporters.hosts ?? null;
  const failure = whyMissing(readings.load);
  return {
    mode: readings.sources.mode,
    region: summarizeRegion(region, cluster, readings.settings.limits),
    pcpu: summarizePhysical(cluster, 'cpu', { measuredBy, failure }),
    pram: summarizePhysical(cluster, 'ram', { measuredBy, failure }),
    diagnostics: {
      unmapped_targets: cluster.unmappedTargets,
      duplicate_targets: cluster.duplicateTargets,
      unmeasured_hosts: cluster.hosts.filter((host) => cpuPercent(host) === null).map(({ name }) => name),
    },
    progress: progressOf(readings),
    readings: readingStates(readings),
  };
}

/** @param within the hosts that it is about */
export const viewOverview = (readings: ReadingSet, within: Within): Overview => ({
  ...viewVirtual(readings, within),
  ...viewPhysical(readings, within),
});

export const readVirtual = (region: RegionId, place: PlaceQuery = {}): Promise<View<VirtualOverview>> =>
  asShownView(async () => {
    const names: readonly ReadingName[] = ['inventory', 'allocations'];
    const readings = await takeReadings(region, names, { partial: true });
    const within = await takeWithin(readings, place);
    return keepView({ name: nameWithin('virtual', place), readings, names, others: [within.cluster] }, () =>
      viewVirtual(readings, within),
    );
  });

export const readPhysical = (region: RegionId, place: PlaceQuery = {}): Promise<View<PhysicalOverview>> =>
  asShownView(async () => {
    const names = CAPACITY_READINGS;
    const readings = await takeReadings(region, names, { partial: true });
    const within = await takeWithin(readings, place);
    return keepView({ name: nameWithin('physical', place), readings, names, others: [within.cluster] }, () =>
      viewPhysical(readings, within),
    );
  });
