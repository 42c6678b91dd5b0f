import type { Service } from '@/lib/openstack/catalog';
import type { Account } from '@/lib/openstack/keystone';
import { listMigrations } from '@/lib/openstack/migrations';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import type {
  Action,
  ActionPlan,
  Audit,
  Hypervisor,
  Server,
  ServerMigration,
  WatcherService,
} from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import type { Standing } from '@/lib/openstack/standing';
import { listActionPlans, listActions, listAudits } from '@/lib/openstack/watcher';
import { listWatcherServices } from '@/lib/openstack/watcher-health';
import { type DownTarget, listDownTargets, readClockOffset } from '@/lib/prometheus/health';
import type { ExporterSet, NodeTarget } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import { DAY_MS } from '@/lib/units';
import { type AllocationSource, lossesOf, readExporterAllocations, readPlacement } from './allocations';
import { attempt, type Examined, notTried } from './examined';
import type { LoadReader } from './load';
import { collectLosses, joinLosses, type Losses } from './losses';
import { openPlacementReader } from './placement';
import { readStrategies, type Strategies } from './watcher-health';

type Location = { url: string; region: string | null; versions: [lowest: string, highest: string] | null };

/** One check of the whole chain from credentials to a useful plan: what each link returned, or why it failed. */
export type Examination = {
  account: Examined<Account>;
  locations: Record<Service, Examined<Location>>;
  hypervisors: Examined<Hypervisor[]>;
  servers: Examined<Server[]>;
  /** Migrations of the last day, one page at most. */
  migrations: Examined<ServerMigration[]>;
  allocations: Examined<AllocationSource>;
  plans: Examined<ActionPlan[]>;
  audits: Examined<Audit[]>;
  /** Of the plans that may have disabled hosts, by plan id. */
  planActions: Examined<Record<string, Action[]>>;
  services: Examined<WatcherService[]>;
  strategies: Examined<Strategies>;
  /** Of this session's own account, for sessions of people; null if nobody signs in. */
  standing: Examined<Standing> | null;
  /** What of all this could not be read. */
  losses: Losses;
  /** Prometheus's clock minus ours in ms; null if it does not report its time. */
  clockOffset: Examined<number | null>;
  scraped: Examined<{ down: DownTarget[]; all: number }>;
  exporters: Examined<ExporterSet>;
  /** Hosts about which openstack-exporters disagree. */
  disputed: Examined<string[]>;
  targets: Examined<NodeTarget[]>;
  /** Number of running VMs, of those in the sample, and of those in the sample that are measured. */
  measured: Examined<{ sampled: number; found: number; running: number }>;
};

/** Size of the sample of VMs; each adds to the length of a query. */
const SAMPLED_VMS = 200;
const PAGE = 1_000;
const RUNNING = ['ACTIVE', 'PAUSED'];

type Tools = {
  hasSessions: boolean;
  clock: () => number;
  isComputeHost: (hypervisor: Hypervisor) => boolean;
  /** Selects the plans whose actions are needed. */
  wanted(plans: ActionPlan[], hypervisors: Hypervisor[]): ActionPlan[];
};

export async function examine(
  plainSession: Session,
  load: LoadReader,
  { clock, isComputeHost, wanted, hasSessions }: Tools,
): Promise<Examination> {
  const { prometheus } = load;
  const { session, losses } = collectLosses(plainSession);
  const hypervisors = attempt(listHypervisors(session));
  const servers = attempt(listServers(session));
  const exporters = attempt(load.exporters());
  const locate = async (service: Service): Promise<Location> => {
    const { url, region, versions } = await session.locate(service);
    return { url, region, versions: versions && [versions.lowest.join('.'), versions.highest.join('.')] };
  };
  const [account, nova, placement, watcher] = await Promise.all([
    attempt(session.account()),
    attempt(locate('nova')),
    attempt(locate('placement')),
    attempt(locate('watcher')),
  ]);
  const [plans, services, strategies, clockOffset, scraped, targets, disputed, migrations, audits] = await Promise.all([
    attempt(listActionPlans(session)),
    attempt(listWatcherServices(session)),
    attempt(readStrategies(session)),
    attempt(readClockOffset(prometheus, clock)),
    attempt(listDownTargets(prometheus)),
    attempt(load.read().then((read) => read.targets)),
    attempt(readExporterAllocations(load).then((read) => read.disputed)),
    attempt(listMigrations(session, { since: clock() - DAY_MS, most: PAGE })),
    attempt(listAudits(session)),
  ]);
  const computes = (await hypervisors).value?.filter(isComputeHost);
  const allocations = computes
    ? await attempt(
        readPlacement(
          // It reports its losses with the names of hosts.
          openPlacementReader(plainSession, async () => []),
          computes,
        ),
      )
    : notTried('Nova’s hosts are unknown.');
  return {
    account,
    locations: { nova, placement, watcher },
    hypervisors: await hypervisors,
    servers: await servers,
    migrations,
    allocations,
    losses: joinLosses(account.value?.losses ?? [], lossesOf(allocations.value), losses()),
    plans,
    audits,
    planActions: await readActions(plans, await hypervisors),
    services,
    strategies,
    clockOffset,
    scraped,
    exporters: await exporters,
    standing: hasSessions ? await attempt(session.standing(null)) : null,
    disputed,
    targets,
    measured: await measure(await servers, await exporters),
  };

  async function readActions(
    all: Examined<ActionPlan[]>,
    hosts: Examined<Hypervisor[]>,
  ): Promise<Examination['planActions']> {
    if (all.value === null || hosts.value === null) return notTried('Watcher’s plans or Nova’s hosts are unknown.');
    const lists = wanted(all.value, hosts.value).map(
      async ({ id }) => [id, await listActions(session, { planId: id })] as const,
    );
    return attempt(Promise.all(lists).then((entries) => Object.fromEntries(entries)));
  }

  async function measure(all: Examined<Server[]>, set: Examined<ExporterSet>): Promise<Examination['measured']> {
    if (all.value === null) return notTried('Nova’s VMs are unknown.');
    if (set.value === null) return set;
    const running = all.value.filter(({ status, host }) => RUNNING.includes(status) && host !== null);
    const step = Math.max(1, Math.ceil(running.length / SAMPLED_VMS));
    const sample = running.filter((_, i) => i % step === 0).map(({ id }) => id);
    return attempt(
      listServerUse(await load.metrics(), sample).then((use) => ({
        sampled: sample.length,
        found: [...use.values()].filter(({ cores }) => cores !== null).length,
        running: running.length,
      })),
    );
  }
}
