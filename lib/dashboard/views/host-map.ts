import 'server-only';
import { z } from 'zod';
import { type HostMap, hostColumnsSchema, hostsAfterSchema, hostsEnoughSchema } from '@/lib/contract/v1/host-map';
import { listColumns } from '@/lib/domain/cluster/host-columns';
import { summarizePhysical } from '@/lib/domain/cluster/overview';
import { projectColumns } from '@/lib/domain/projection/host-map';
import type { RankedPlan } from '@/lib/domain/review/worth';
import { planViewOf } from '../collect/joined';
import { type PlaceQuery, type Places, takeWithin, type Within } from '../collect/places';
import { need, type ReadingSet, readingStates, takeReadings, whyMissing } from '../collect/reading-set';
import { ALL_READINGS, CAPACITY_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { placesSoon } from './host-places';
import { keepView, nameWithin } from './kept-view';
import type { PlanOfAudit } from './plan-scene';
import { keptSurvey } from './plan-survey';
import { asShownView, type View } from './view';

/** The map waits no longer than this for a plan; without one, the browser asks for it. */
const PATIENCE_MS = 60;

/** Every host in a few numbers, rounded as in the API, with the best plan that waits if it is known soon. */
export const readHostMap = (region: RegionId, place: PlaceQuery = {}): Promise<View<HostMap>> =>
  asShownView(async () => {
    const best = readBest(region);
    const [hosts, soon] = await Promise.all([takeReadings(region, CAPACITY_READINGS), withinOrNull(best, PATIENCE_MS)]);
    const readings = soon?.readings ?? hosts;
    const [within, places] = await Promise.all([takeWithin(readings, place), placesSoon(readings)]);
    const given = { best: soon?.best, within, places, place };
    const { best: one } = given;
    const others = [within.cluster, places, one === undefined ? 'awaited' : one?.plan, one?.enough];
    const names = one ? ALL_READINGS : CAPACITY_READINGS;
    return keepView({ name: nameWithin('host-map', place), readings, names, others }, () =>
      viewHostMap(readings, given),
    );
  });

/** The plan to recommend, with the loads after the moves that are enough. */
type Best = PlanOfAudit & Pick<RankedPlan, 'worth' | 'enough'>;

async function readBest(region: RegionId): Promise<{ readings: ReadingSet; best: Best | null }> {
  const readings = await takeReadings(region, ALL_READINGS);
  const isKnown = readings.optimizer?.value && readings.planLoad !== null && readings.inventory?.state !== 'partial';
  if (!isKnown) return { readings, best: null };
  const { best, ranks } = await keptSurvey(readings);
  const ranked = best && ranks.get(best.plan.id);
  return { readings, best: best && ranked ? { ...best, worth: ranked.worth, enough: ranked.enough } : null };
}

type Given = {
  /** undefined if it is not known yet. */
  best: Best | null | undefined;
  within: Within;
  /** null while they are not known. */
  places: Places | null;
  place: PlaceQuery;
};

/** @throws SourceError of Nova without an inventory */
function viewHostMap(readings: ReadingSet, { best, within: { cluster }, places, place }: Given): HostMap {
  need(readings, 'inventory');
  const hosts = z.encode(hostColumnsSchema, listColumns(cluster));
  const physical = summarizePhysical(cluster, 'cpu', { measuredBy: null, failure: whyMissing(readings.load) });
  const after = best ? viewAfter(readings, hosts.names, best) : null;
  return {
    hosts,
    used_percentage: physical.used_percentage,
    reason: physical.reason,
    after,
    enough: best && after?.reason === null ? viewEnough(hosts.names, best) : null,
    awaited: best === undefined,
    zone: place.zone ?? null,
    aggregate: place.aggregate ?? null,
    zones: places?.zones ?? [],
    aggregates: places?.aggregates ?? [],
    readings: readingStates(readings),
  };
}

/** null if another plan stands for its audit: then the audit has no load after this one. */
function viewAfter(readings: ReadingSet, names: string[], { auditCase, plan }: PlanOfAudit): HostMap['after'] {
  if (auditCase.shown !== plan) return null;
  const { migrations, projection } = planViewOf(readings, auditCase);
  const after = projectColumns(names, {
    audit: auditCase.audit,
    planState: plan.state,
    migrations: migrations.length,
    projection,
  });
  return z.encode(hostsAfterSchema, after);
}

function viewEnough(names: string[], { worth, enough }: Best): HostMap['enough'] {
  if (enough === null || worth.enough === null) return null;
  const loads = (metric: 'cpu' | 'ram') => names.map((name) => enough.get(name)?.[metric] ?? null);
  return z.encode(hostsEnoughSchema, { moves: worth.enough, cpu: loads('cpu'), ram: loads('ram') });
}
