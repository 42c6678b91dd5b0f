import 'server-only';
import type { VmColumn, VmFilter } from '@/lib/contract/choices';
import type { FindAnswer } from '@/lib/contract/v1/find';
import type { Vm, VmDetail, Vms } from '@/lib/contract/v1/vms';
import { percent } from '@/lib/domain/cluster/capacity';
import { describePast as describeHostPast } from '@/lib/domain/cluster/host-past';
import { HISTORY_MS } from '@/lib/domain/cluster/vm-moves';
import { find } from '@/lib/domain/vms/finder';
import { describeVmMove, onHostSince, plansByMigration } from '@/lib/domain/vms/move-record';
import { levelsOf, listStays } from '@/lib/domain/vms/stays';
import { describeVm, pageOfVms, selectVms, type VmFacts } from '@/lib/domain/vms/vm-list';
import type { Server, ServerMigration } from '@/lib/openstack/records';
import type { ServerLoad } from '@/lib/readings/host-load';
import type { VmPast } from '@/lib/readings/vm';
import { yieldNow } from '@/lib/yield';
import type { Taken } from '../cache/cache';
import { takeWeek } from '../collect/host-readings';
import { auditCasesOf, clusterOf, happeningsOf, movesOf, plannedMovesOf } from '../collect/joined';
import { marksOf } from '../collect/marks';
import { plansSince } from '../collect/plans-since';
import {
  need,
  type ReadingSet,
  readingState,
  readingStates,
  takeComplete,
  takeReadings,
  whyMissing,
} from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { takeStarts } from '../collect/starts';
import { MOST_VM_MOVES, takeVmMoves, takeVmPast, takeVmUse } from '../collect/vm-readings';
import type { RegionId } from '../process/region';
import { asView, orNothing, type View } from './view';

/** Views of VMs. All need the inventory and throw a SourceError of Nova without one. */

export type VmsQuery = {
  q?: string;
  show: VmFilter;
  project?: string;
  sort: VmColumn;
  order: 'asc' | 'desc';
  limit: number;
  offset: number;
};

const chosen = ({ q = '', project, show, sort, order }: Omit<VmsQuery, 'limit' | 'offset'>) => ({
  search: q,
  show,
  project,
  sort,
  order,
});

/** @param readings with all readings */
async function vmFactsOf(readings: ReadingSet): Promise<VmFacts> {
  need(readings, 'inventory');
  return {
    cluster: clusterOf(readings),
    limits: readings.settings.limits,
    marks: await marksOf(readings),
    moves: movesOf(readings),
    // Without Watcher no plan is known, which the state of the readings says.
    planned: readings.optimizer?.value ? plannedMovesOf(readings) : new Map(),
  };
}

/** @param readings with all readings */
export async function viewVms(readings: ReadingSet, query: VmsQuery): Promise<Vms> {
  const facts = await vmFactsOf(readings);
  const { limit, offset } = query;
  // Among tens of thousands each of these takes tens of milliseconds.
  await yieldNow();
  const { found, counts } = selectVms(facts, chosen(query));
  await yieldNow();
  const page = pageOfVms(found, facts, query);
  const use = await takeVmUse(
    readings,
    page.map(({ id }) => id),
  );
  return {
    vms: page.map((server) => describeVm(server, facts, use.value?.use[server.id])),
    total: found.length,
    counts,
    limit,
    offset,
    vm_use: stateOfUse(use),
    move_history: facts.moves.history,
    readings: readingStates(readings),
  };
}

function stateOfUse(use: Taken<ServerLoad>): Vms['vm_use'] {
  const noExporter = use.value !== null && use.value.source === null;
  return {
    ...readingState(use, 'prometheus'),
    reason: noExporter ? 'No exporter reports single VMs.' : whyMissing(use),
  };
}

/** @param readings with all readings, or as far as they are known @param search not empty */
export async function viewFound(readings: ReadingSet, search: string): Promise<FindAnswer> {
  const facts = { ...(await vmFactsOf(readings)), cases: readings.optimizer?.value ? auditCasesOf(readings) : null };
  return { ...find(facts, search), readings: readingStates(readings) };
}

/** All VMs that match, without what they use. @param readings with all readings */
export async function listVms(
  readings: ReadingSet,
  query: Omit<VmsQuery, 'limit' | 'offset'>,
): Promise<() => Generator<Vm>> {
  const facts = await vmFactsOf(readings);
  const { found } = selectVms(facts, chosen(query));
  const sorted = pageOfVms(found, facts, { ...query, offset: 0, limit: found.length });
  return function* rows() {
    for (const server of sorted) yield describeVm(server, facts);
  };
}

/** null if Nova has no such VM. @param readings with all readings */
export async function viewVm(readings: ReadingSet, id: string): Promise<VmDetail | null> {
  need(readings, 'inventory');
  const server = clusterOf(readings).servers.get(id);
  if (server === undefined) return null;
  const [facts, use, past, moves] = await Promise.all([
    vmFactsOf(readings),
    takeVmUse(readings, [id]),
    takeVmPast(readings, id),
    takeVmMoves(readings, id),
  ]);
  return {
    vm: describeVm(server, facts, use.value?.use[id]),
    vm_use: stateOfUse(use),
    move_history: facts.moves.history,
    since: onHostSince(server, moves.value, facts.cluster),
    moves: moves.value === null ? null : await describeMoves(readings, id, moves.value),
    moves_reason: whyMissing(moves),
    plans_since: plansSince(readings),
    places: await viewPlaces(readings, server, moves.value),
    past: describePast(past, server),
    readings: readingStates(readings),
  };
}

async function describeMoves(readings: ReadingSet, id: string, moves: ServerMigration[]): Promise<VmDetail['moves']> {
  const { value } = readings.optimizer ?? {};
  const plans = value
    ? plansByMigration(id, { ...value, cases: auditCasesOf(readings) }, happeningsOf(readings))
    : new Map<string, never>();
  const starts = await takeStarts(readings.region, [...new Set([...plans.values()].map(({ planId }) => planId))]);
  return moves.map((move) => {
    const plan = plans.get(move.id);
    return describeVmMove(move, clusterOf(readings), { plan, start: starts.known.get(plan?.planId ?? '') });
  });
}

/** More hosts than this are on no screen; the load of older ones stays unknown. */
const MOST_LOADS = 6;

async function viewPlaces(
  readings: ReadingSet,
  server: Server,
  moves: ServerMigration[] | null,
): Promise<VmDetail['places']> {
  const { index, byName } = clusterOf(readings);
  const until = Date.now();
  const from = until - HISTORY_MS;
  const { stays, reason } = listStays(server, moves, { index, from, until, most: MOST_VM_MOVES });
  const hosts = [...new Set(stays.toReversed().map(({ host }) => host))].slice(0, MOST_LOADS);
  const loads = new Map(
    await Promise.all(
      hosts.map(async (name) => {
        const host = byName.get(name);
        const past = host ? (await takeWeek(readings, host)).value : null;
        return [name, past && describeHostPast(past.points)] as const;
      }),
    ),
  );
  const { limits } = readings.settings;
  return {
    from,
    until,
    stays: stays.map((stay) => ({ ...stay, levels: levelsOf(stay, loads.get(stay.host) ?? null, limits) })),
    reason,
  };
}

function describePast(past: Taken<VmPast>, { flavor }: Pick<Server, 'flavor'>): VmDetail['past'] {
  if (past.value === null) return { points: [], reason: whyMissing(past) };
  const shareOf = (amount: number | null | undefined, of: number | undefined) =>
    amount == null || of === undefined ? null : percent(amount, of);
  const points = past.value.points.map(({ at, use }) => ({
    at,
    cpu_percentage: shareOf(use?.cores, flavor?.vcpus),
    ram_percentage: shareOf(use?.memoryBytes, flavor?.ramBytes),
  }));
  const measured = points.some(({ cpu_percentage: cpu, ram_percentage: ram }) => cpu !== null || ram !== null);
  if (measured) return { points, reason: null };
  return {
    points,
    reason: past.value.found ? 'Nothing was measured in this time.' : 'No exporter reports single VMs.',
  };
}

/** A page of the list; the last one if the page no longer exists. */
export const readVms = (region: RegionId, query: VmsQuery): Promise<View<Vms>> =>
  asView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const vms = await viewVms(readings, query);
    const last = Math.max(0, Math.ceil(vms.total / query.limit) - 1) * query.limit;
    return query.offset > last ? viewVms(readings, { ...query, offset: last }) : vms;
  });

/** null if there is no such VM. */
export const readVm = (region: RegionId, id: string): Promise<View<VmDetail> | null> =>
  orNothing(async () => viewVm(await takeReadings(region, ALL_READINGS), id));
