import type { Migration } from '@/lib/contract/v1/audits';
import type { Drift } from '@/lib/contract/v1/outcome';
import type { ActionPlan } from '@/lib/openstack/records';
import type { PastLoad } from '@/lib/readings/plan-load';
import { measuredCpu } from '../cluster/capacity';
import { type Cluster, cpuPercent } from '../cluster/cluster';
import { mapTargets } from '../cluster/host-index';

/** Points of CPU beyond which the load of a host has drifted. */
const THRESHOLD = 5;

export type DriftContext = {
  cluster: Cluster;
  /** Moves of the plan, with the reason if they can't be projected. */
  migrations: Migration[];
  /** Load when the plan was made: null if Prometheus does not reach back, undefined if it was not read. */
  past: PastLoad | null | undefined;
  hostLabels: string[];
  /** When the load now was measured; null if there is none. */
  measuredAt: number | null;
  /** Why there is no load now. */
  failure: string | null;
  /** Whether Nova's hosts and VMs were read. */
  knowsHosts: boolean;
};

/** How far the load of the hosts has drifted since a plan was made; null without a plan. */
export function measureDrift(plan: ActionPlan | null, context: DriftContext): Drift | null {
  if (plan === null) return null;
  const moved = compare(context);
  return {
    snapshot_at: plan.createdAt,
    compared_at: context.measuredAt,
    threshold: THRESHOLD,
    compared: moved?.compared ?? null,
    moved: moved?.hosts ?? null,
    hosts_gone: context.knowsHosts ? listGone(context.migrations) : null,
    reason: moved === null ? whyNot(context) : null,
  };
}

function whyNot({ knowsHosts, measuredAt, failure, past }: DriftContext): string {
  if (!knowsHosts) return 'The hosts are unknown, so the load can’t be compared.';
  if (measuredAt === null) return `Can’t be compared with the load now. ${failure ?? 'Prometheus has no data.'}`;
  if (past === undefined) return 'The load at that time has not been read, so it can’t be compared with the load now.';
  return past === null
    ? 'Prometheus has no measurements from that time to compare with the load now.'
    : 'No host was measured at both times.';
}

function compare({ cluster, past, hostLabels, measuredAt, knowsHosts }: DriftContext) {
  if (!past || !knowsHosts || measuredAt === null) return null;
  const { hosts } = mapTargets(past.targets, cluster.index, hostLabels);
  const both = cluster.hosts.flatMap((host) => {
    const before = cpuPercent({ cpu: measuredCpu(hosts.get(host.name)) });
    const now = cpuPercent(host);
    return before === null || now === null ? [] : [{ host: host.name, before, now }];
  });
  if (both.length === 0) return null;
  const distance = ({ before, now }: { before: number; now: number }) => Math.abs(now - before);
  const moved = both.filter((host) => distance(host) > THRESHOLD).sort((a, b) => distance(b) - distance(a));
  return { compared: both.length, hosts: moved };
}

function listGone(migrations: Migration[]): string[] {
  const gone = migrations.flatMap(({ problem, source, destination }) => {
    if (problem === 'source-unknown') return [source];
    return problem === 'destination-unknown' && destination !== null ? [destination] : [];
  });
  return [...new Set(gone.filter((name) => name !== ''))];
}
