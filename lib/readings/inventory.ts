import { publicMessage, SourceError } from '@/lib/errors';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import type { Hypervisor, Server } from '@/lib/openstack/records';
import { listTagged } from '@/lib/openstack/server-tags';
import type { Session } from '@/lib/openstack/session';
import { applyChanges, repair, type Whole } from './changes';
import { collectLosses, joinLosses, type Losses, withoutReread } from './losses';
import { withTags } from './marked';
import { openReconciler, RECONCILE, type ReconcilerTimes } from './reconciler';
import { noteChanges, type VmChange } from './vm-changes';

/** Nova's hosts (including Ironic nodes, see `type`) and all projects' VMs with their flavors. */
export type Inventory = {
  region: string;
  hypervisors: Hypervisor[];
  servers: Server[];
  /** Start of the changes that the next reading requests, in Nova's time. null: request everything. */
  changesFrom: number | null;
  /** What happened to VMs since the first reading; the newest are last. */
  changes: VmChange[];
  /** Why the tags that mark VMs are older than the rest, a sentence; null if they are not. */
  tagsProblem: string | null;
  losses: Losses;
};

/** Reports the progress of a first reading: VMs so far, and the expected number if known. */
export type Report = (progress: { done: number; of: number | null }, partial: Inventory) => void | Promise<void>;

export type InventoryReader = {
  /**
   * Reads everything, or applies what has changed to the previous reading.
   *
   * @throws SourceError of Keystone or Nova
   */
  read(previous?: Inventory, report?: Report): Promise<Inventory>;
};

/**
 * How far before the newest known change to request changes. A change becomes visible later than its own timestamp, and the
 * clocks of Nova's services differ a little.
 */
const OVERLAP_MS = 60_000;

/** The lists that are read whole every time. */
const READ_WHOLE = ['os-hypervisors/detail', 'flavors/detail'];

/** @param tags which of them every reading asks about, since the changes don't have them; none by default */
export function openInventoryReader(
  session: Session,
  times: ReconcilerTimes = RECONCILE,
  tags: string[] = [],
): InventoryReader {
  const watched = new Set(tags);
  const reconciler = openReconciler(times, async (pause): Promise<(Whole<Server> & { losses: Losses }) | undefined> => {
    const { servers, novaTime, losses } = await listTimed(session, { onPage: pause });
    // Without a start time, rows that arrived in the meantime can't be recognised.
    return novaTime === null ? undefined : { rows: servers, startedAt: novaTime, losses };
  });

  /** What an interrupted first reading has read, so that fifty pages aren't read again because one failed. */
  let interrupted: { known: Server[]; startedAt: number; losses: Losses } | undefined;

  async function readAll(report: Report): Promise<Inventory> {
    const hosts = collectLosses(session);
    const [region, hypervisors] = await Promise.all([session.region(), listHypervisors(hosts.session)]);
    const base = {
      region,
      hypervisors,
      changesFrom: null,
      changes: [],
      tagsProblem: null,
      losses: hosts.losses(),
    };
    const of = expectedServers(hypervisors);
    await report({ done: interrupted?.known.length ?? 0, of }, { ...base, servers: interrupted?.known ?? [] });
    const { known, startedAt, losses: before } = interrupted ?? { known: [], startedAt: null, losses: [] };
    let begun = startedAt;
    const vms = collectLosses(session);
    const lossesSoFar = () => joinLosses(before, vms.losses());
    const servers = await listServers(vms.session, {
      known,
      onTime: (at) => {
        begun ??= at;
      },
      onPage: (soFar) => {
        // Without a start time, later changes in the known part can't be recognised.
        interrupted = begun === null ? undefined : { known: soFar, startedAt: begun, losses: lossesSoFar() };
        return report({ done: soFar.length, of }, { ...base, servers: soFar });
      },
    });
    interrupted = undefined;
    reconciler.done();
    const losses = [...base.losses, ...lossesSoFar()];
    return { ...base, servers, changesFrom: nextChangesFrom(servers, begun), losses };
  }

  async function readChanges(previous: Inventory, from: number): Promise<Inventory> {
    const whole = reconciler.result();
    const changesSince = whole ? Math.min(from, whole.startedAt - OVERLAP_MS) : from;
    const hosts = collectLosses(session);
    const [region, hypervisors, changes, tagged] = await Promise.all([
      session.region(),
      listHypervisors(hosts.session),
      listTimed(session, { changesSince }),
      readTagged(session, tags),
    ]);
    const known = whole ? repair(previous.servers, whole) : previous.servers;
    const current = applyChanges(known, changes.servers, ({ status }) => status === 'DELETED');
    const servers = tagged.value ? withTags(current, tagged.value, watched) : current;
    if (whole) reconciler.done();
    reconciler.startIfDue();
    const before = whole?.losses ?? previous.losses.filter(({ what }) => !READ_WHOLE.includes(what));
    const losses = joinLosses(hosts.losses(), withoutReread(before, changes.servers), changes.losses);
    return {
      region,
      hypervisors,
      servers,
      changesFrom: nextChangesFrom(servers, changes.novaTime),
      changes: noteChanges(previous.changes, previous.servers, changes.servers),
      tagsProblem: tagged.problem,
      losses,
    };
  }

  return {
    read(previous, report = () => {}) {
      const from = previous?.changesFrom ?? null;
      return previous === undefined || from === null ? readAll(report) : readChanges(previous, from);
    },
  };
}

type Tagged = { value: Map<string, string[]> | null; problem: string | null };

/** A cloud that can't list by tags is read all the same. */
async function readTagged(session: Session, tags: string[]): Promise<Tagged> {
  if (tags.length === 0) return { value: null, problem: null };
  try {
    return { value: await listTagged(session, tags), problem: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { value: null, problem: publicMessage(error) };
  }
}

type Timed = { servers: Server[]; novaTime: number | null; losses: Losses };

/** A list of VMs, and Nova's time when the request started. */
async function listTimed(
  session: Session,
  options: { changesSince?: number; onPage?: (soFar: Server[]) => void | Promise<void> },
): Promise<Timed> {
  const times: number[] = [];
  const { session: reader, losses } = collectLosses(session);
  const servers = await listServers(reader, { ...options, onTime: (at) => times.push(at) });
  return { servers, novaTime: times[0] ?? null, losses: losses() };
}

/** The largest lag of a Nova service's clock that is allowed for. */
const BEHIND_MS = 600_000;

/**
 * The earlier of Nova's time at the start of a reading and the newest change in it, minus the overlap. The first prevents a
 * service whose clock is ahead from hiding later changes. The second works without a `Date` header and if the clocks of all
 * services except the API are behind.
 */
function nextChangesFrom(servers: Server[], novaTime: number | null): number | null {
  let newest: number | null = null;
  for (const { updatedAt } of servers) {
    if (updatedAt !== null && (newest === null || updatedAt > newest)) newest = updatedAt;
  }
  if (novaTime === null) return newest === null ? null : newest - OVERLAP_MS;
  return Math.min(novaTime, Math.max(newest ?? 0, novaTime - BEHIND_MS)) - OVERLAP_MS;
}

/** The sum of Nova's VM counts per host, which include all states; few VMs have no host. */
function expectedServers(hypervisors: Hypervisor[]): number | null {
  const counts = hypervisors.flatMap(({ guests }) => (guests === null ? [] : [guests]));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
