import 'server-only';
import type { AuditDetail, AuditList } from '@/lib/contract/v1/audits';
import type { Overview } from '@/lib/contract/v1/overview';
import type { Readings } from '@/lib/contract/v1/readings';
import type { Sources } from '@/lib/contract/v1/sources';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import {
  countFlavors,
  summarizePhysical,
  summarizeRegion,
  summarizeServers,
  summarizeVirtual,
} from '@/lib/domain/cluster/overview';
import { describeAudit, strategyOf, summarizeAudit } from '@/lib/domain/projection/audits';
import { readEnv } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SourceError } from '@/lib/errors';
import { openYield } from '@/lib/yield';
import { NotAllowed } from '../access/gate';
import { groupsOf } from '../collect/groups';
import {
  auditCasesOf,
  clusterOf,
  describeReadings,
  type Moment,
  need,
  planViewOf,
  progressOf,
  takeMoment,
  whyMissing,
} from '../collect/moment';
import { withDeadline } from '../process/deadline';
import { driftOf, effectFor, outcomeOf } from './outcomes';
import { limitsOf } from './settings';
import { viewSources } from './source-status';

/** The views that pages show and the typed API encodes: pure functions of one moment's readings. */

export type VirtualView = Pick<
  Overview,
  'mode' | 'region' | 'vcpu' | 'vram' | 'vm' | 'flavors' | 'progress' | 'readings'
>;
export type PhysicalView = Pick<
  Overview,
  'mode' | 'region' | 'pcpu' | 'pram' | 'diagnostics' | 'progress' | 'readings'
>;

/** @throws SourceError of Nova where there is no inventory */
export function viewVirtual(moment: Moment): VirtualView {
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
export function viewPhysical(moment: Moment): PhysicalView {
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

export type Page = { limit: number; offset: number };

export type AuditQuery = Page & { state?: string; goal?: string; strategy?: string; type?: string };

/** @throws SourceError of Watcher where there are no audits to know of */
export async function viewAuditList(
  moment: Moment,
  { limit, offset, state, goal, strategy, type }: AuditQuery,
): Promise<AuditList> {
  const wants = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();
  const matching = auditCasesOf(moment).filter(
    (auditCase) =>
      wants(state, auditCase.audit.state) &&
      wants(goal, auditCase.audit.goal) &&
      wants(strategy, strategyOf(auditCase)) &&
      wants(type, auditCase.audit.type),
  );
  const yieldIfDue = openYield();
  const audits: AuditList['audits'] = [];
  // What a plan changes is worked out for those that are listed only, some milliseconds for each.
  for (const auditCase of matching.slice(offset, offset + limit)) {
    audits.push(summarizeAudit(auditCase, effectFor(moment, auditCase)));
    await yieldIfDue();
  }
  return {
    audits,
    total: matching.length,
    limit,
    offset,
    readings: describeReadings(moment),
  };
}

/** One audit by its id or name; null where there is none. @throws SourceError of Watcher where there is nothing to know */
export function viewAudit(moment: Moment, id: string): AuditDetail | null {
  const found = auditCasesOf(moment).find(({ audit }) => audit.id === id || audit.name === id);
  if (!found) return null;
  const findings = {
    view: planViewOf(moment, found),
    effect: effectFor(moment, found),
    outcome: outcomeOf(moment, found),
    drift: driftOf(moment, found),
  };
  return { ...describeAudit(found, findings, clusterOf(moment)), readings: describeReadings(moment) };
}

/** Data for a page, or the one sentence that says which source has none. */
export type View<T> = { ok: true; data: T } | { ok: false; problem: ViewProblem };
export type ViewProblem = { source: string | null; message: string };

export async function asView<T>(read: () => Promise<T>): Promise<View<T>> {
  try {
    return { ok: true, data: await withDeadline(read) };
  } catch (error) {
    if (error instanceof NotAllowed) return { ok: false, problem: { source: null, message: error.message } };
    if (!(error instanceof SourceError)) throw error;
    return { ok: false, problem: { source: SOURCE_NAMES[error.source], message: publicMessage(error) } };
  }
}

export const readVirtual = (): Promise<View<VirtualView>> =>
  asView(async () => viewVirtual(await takeMoment(['inventory', 'allocations'], { partial: true })));

export const readPhysical = (): Promise<View<PhysicalView>> =>
  asView(async () => viewPhysical(await takeMoment(['inventory', 'allocations', 'load'], { partial: true })));

export const readAuditList = (query: AuditQuery): Promise<View<AuditList>> =>
  asView(async () =>
    viewAuditList(await takeMoment(['inventory', 'allocations', 'load', 'optimizer', 'planLoad']), query),
  );

export async function readAuditDetail(id: string): Promise<View<AuditDetail> | null> {
  const view = await asView(async () =>
    viewAudit(await takeMoment(['inventory', 'allocations', 'load', 'optimizer', 'planLoad']), id),
  );
  return view.ok && view.data === null ? null : (view as View<AuditDetail>);
}

/** How good the data of all sources is, and the region they are of; a source that fails is one of its sentences. */
export async function readState(): Promise<{ region: string | null; readings: Readings }> {
  const state = await asView(async () => {
    const moment = await takeMoment(['inventory', 'allocations', 'load', 'optimizer']);
    return { region: moment.inventory?.value?.region ?? null, readings: describeReadings(moment) };
  });
  if (state.ok) return state.data;
  const { source, message } = state.problem;
  const error = { source: source ?? SOURCE_NAMES.keystone, message, since: Date.now() };
  const missing = { state: 'missing', as_of: null, error } as const;
  return { region: null, readings: { inventory: missing, allocations: missing, load: missing, optimizer: missing } };
}

export const readSources = (): Promise<View<Sources>> => asView(viewSources);
