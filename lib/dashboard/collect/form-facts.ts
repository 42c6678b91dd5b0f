import 'server-only';
import type { FormFacts } from '@/lib/domain/audit-form/form-facts';
import { keepsOthersOut } from '@/lib/domain/audit-form/register';
import type { ScopeHost } from '@/lib/domain/audit-form/scope';
import { percent } from '@/lib/domain/cluster/capacity';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { isInService } from '@/lib/domain/cluster/host-records';
import { groundsOf } from '@/lib/domain/cluster/must-not-move';
import { DEFAULT_ZONE } from '@/lib/domain/cluster/zones';
import type { Aggregate, StrategySpec, WatcherService } from '@/lib/openstack/records';
import { type FollowedAudit, readFollowedAudit, readStrategySpecs } from '@/lib/readings/audit-form';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import type { Taken } from '../cache/cache';
import { auditCasesOf, clusterOf } from './joined';
import { marksOf } from './marks';
import { takeAggregates } from './placing';
import { needValue, type ReadingSet, whyMissing } from './reading-set';
import { takeWatcherHealth } from './review-readings';
import { takeOf } from './take-of';

/** What a new audit is made of and checked against. */

/** Schemas change only with a new Watcher. */
function takeSpecs(readings: ReadingSet): Promise<Taken<StrategySpec[]>> {
  return takeOf(readings, {
    name: 'strategy-specs',
    source: 'watcher',
    ttlMs: 15 * MINUTE_MS,
    load: () => readStrategySpecs(readings.sources.session),
  });
}

/** Many pages may follow one audit; Watcher is asked this often. */
const FOLLOW_MS = 2 * SECOND_MS;

/** An audit as it is now. @param id or name */
export function takeFollowed(readings: ReadingSet, id: string): Promise<Taken<FollowedAudit>> {
  return takeOf(readings, {
    name: `audit ${id}`,
    source: 'watcher',
    ttlMs: FOLLOW_MS,
    load: () => readFollowedAudit(readings.sources.session, id),
  });
}

export type AuditForm = FormFacts & {
  aggregates: Aggregate[];
  /** Why zones and aggregates are not known; null if they are. */
  aggregatesReason: string | null;
};

/** @param readings with all readings @throws SourceError of Watcher if its strategies or audits are not known */
export async function takeFormFacts(readings: ReadingSet): Promise<AuditForm> {
  const [specs, { value: aggregates, reason }, health, marks] = await Promise.all([
    takeSpecs(readings),
    takeAggregates(readings),
    takeWatcherHealth(readings),
    marksOf(readings),
  ]);
  const cases = auditCasesOf(readings);
  const { hosts } = clusterOf(readings);
  const minor = readings.optimizer?.value?.versions?.highest[1] ?? null;
  const isKnown = readings.inventory?.value != null && readings.inventory.state !== 'partial';
  return {
    now: Date.now(),
    strategies: needValue(specs, 'watcher'),
    taken: new Set(cases.map(({ audit }) => audit.name)),
    hosts: isKnown ? hosts.map((host) => describeHost(host, aggregates ?? [])) : null,
    hostsReason: isKnown ? null : (whyMissing(readings.inventory) ?? 'The hosts are being read.'),
    cpu: new Map(hosts.flatMap(({ name, cpu }) => useOf(name, cpu))),
    ram: new Map(hosts.flatMap(({ name, ram }) => useOf(name, ram))),
    engines: countEngines(health.value?.services),
    blockedBy: cases.flatMap(({ audit }) => (keepsOthersOut(audit) ? [audit.name] : [])),
    running: cases.flatMap(({ audit, plans }) => (plans.some(({ state }) => state === 'ONGOING') ? [audit.name] : [])),
    marked: new Set(
      (readings.inventory?.value?.servers ?? []).flatMap((server) =>
        groundsOf(server, marks).length > 0 ? [server.id] : [],
      ),
    ),
    hasTimes: minor === null || minor >= 1,
    hasForce: minor === null || minor >= 2,
    aggregates: aggregates ?? [],
    aggregatesReason: reason,
  };
}

function describeHost({ name, servers, hypervisor }: ClusterHost, aggregates: Aggregate[]): ScopeHost {
  const own = aggregates.filter(({ hosts }) => hosts.includes(name));
  return {
    name,
    isOpen: isInService(hypervisor),
    zone: own.find(({ zone }) => zone !== null)?.zone ?? DEFAULT_ZONE,
    aggregates: own.map((one) => one.name),
    servers,
  };
}

function useOf(name: string, { total, used }: ClusterHost['cpu']): [string, number][] {
  const share = total === null || used === null ? null : percent(used, total);
  return share === null ? [] : [[name, share]];
}

/** Decision engines that are alive; null if Watcher does not tell. */
export const countEngines = (services: WatcherService[] | null | undefined): number | null =>
  services?.filter(({ name, status }) => name === 'watcher-decision-engine' && status === 'ACTIVE').length ?? null;
