import { listHypervisors, listServers } from '@/lib/openstack/nova';
import type { Hypervisor, Server } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { applyChanges, repair, type Whole } from './changes';
import { openReconciler, RECONCILE, type ReconcilerTimes } from './reconciler';

/** What Nova knows: the hosts (ironic nodes included, told apart by type) and the VMs of all projects with their flavors. */
export type Inventory = {
  region: string;
  hypervisors: Hypervisor[];
  servers: Server[];
  /** From when on the next reading asks for changes: by Nova's clock, never by ours. null: for everything. */
  changesFrom: number | null;
};

/** Tells how far a first reading is: VMs so far, and of how many where that is known. */
export type Report = (progress: { done: number; of: number | null }, partial: Inventory) => void | Promise<void>;

export type InventoryReader = {
  /**
   * All there is; or what has changed since the previous reading, put onto that one.
   *
   * @throws SourceError of Keystone or Nova
   */
  read(previous?: Inventory, report?: Report): Promise<Inventory>;
};

/**
 * Changes are asked for from so long before the newest known one: a change is dated when it is made and seen when it is
 * written, and the clocks of Nova's services differ a little.
 */
const OVERLAP_MS = 60_000;

export function openInventoryReader(session: Session, times: ReconcilerTimes = RECONCILE): InventoryReader {
  const reconciler = openReconciler(times, async (pause): Promise<Whole<Server> | undefined> => {
    const { servers, novaTime } = await listTimed(session, { onPage: pause });
    // Without a time of its beginning nobody could say what came in meanwhile.
    return novaTime === null ? undefined : { rows: servers, startedAt: novaTime };
  });

  /** Fifty pages need not all be read again because one of them did not come. */
  let brokenOff: { known: Server[]; startedAt: number } | undefined;

  async function readAll(report: Report): Promise<Inventory> {
    const [region, hypervisors] = await Promise.all([session.region(), listHypervisors(session)]);
    const base = { region, hypervisors, changesFrom: null };
    const of = expectedServers(hypervisors);
    await report({ done: brokenOff?.known.length ?? 0, of }, { ...base, servers: brokenOff?.known ?? [] });
    const { known, startedAt } = brokenOff ?? { known: [], startedAt: null };
    let begun = startedAt;
    const servers = await listServers(session, {
      known,
      onTime: (at) => {
        begun ??= at;
      },
      onPage: (soFar) => {
        // Without a time of its beginning nobody could say what has changed since in the part that is known.
        brokenOff = begun === null ? undefined : { known: soFar, startedAt: begun };
        return report({ done: soFar.length, of }, { ...base, servers: soFar });
      },
    });
    brokenOff = undefined;
    reconciler.done();
    return { ...base, servers, changesFrom: nextChangesFrom(servers, begun) };
  }

  async function readChanges(previous: Inventory, from: number): Promise<Inventory> {
    const whole = reconciler.result();
    const changesSince = whole ? Math.min(from, whole.startedAt - OVERLAP_MS) : from;
    const [region, hypervisors, changes] = await Promise.all([
      session.region(),
      listHypervisors(session),
      listTimed(session, { changesSince }),
    ]);
    const known = whole ? repair(previous.servers, whole) : previous.servers;
    const servers = applyChanges(known, changes.servers, ({ status }) => status === 'DELETED');
    if (whole) reconciler.done();
    reconciler.startIfDue();
    return { region, hypervisors, servers, changesFrom: nextChangesFrom(servers, changes.novaTime) };
  }

  return {
    read(previous, report = () => {}) {
      const from = previous?.changesFrom ?? null;
      return previous === undefined || from === null ? readAll(report) : readChanges(previous, from);
    },
  };
}

type Timed = { servers: Server[]; novaTime: number | null };

/** A list, and Nova's own time when it began. */
async function listTimed(
  session: Session,
  options: { changesSince?: number; onPage?: (soFar: Server[]) => void | Promise<void> },
): Promise<Timed> {
  const times: number[] = [];
  const servers = await listServers(session, { ...options, onTime: (at) => times.push(at) });
  return { servers, novaTime: times[0] ?? null };
}

/** Clocks of Nova's services that run further behind than this are not reckoned with. */
const BEHIND_MS = 600_000;

/**
 * The earlier of Nova's time at the beginning of a reading and the newest change that it told, less the overlap. The first
 * keeps a service whose clock runs ahead from hiding what comes after; the second is there without a `Date`, and is right
 * where all clocks but the API's run behind.
 */
function nextChangesFrom(servers: Server[], novaTime: number | null): number | null {
  let newest: number | null = null;
  for (const { updatedAt } of servers) {
    if (updatedAt !== null && (newest === null || updatedAt > newest)) newest = updatedAt;
  }
  if (novaTime === null) return newest === null ? null : newest - OVERLAP_MS;
  return Math.min(novaTime, Math.max(newest ?? 0, novaTime - BEHIND_MS)) - OVERLAP_MS;
}

/** Nova counts the VMs of each host, whatever their state; those without a host are few. */
function expectedServers(hypervisors: Hypervisor[]): number | null {
  const counts = hypervisors.flatMap(({ guests }) => (guests === null ? [] : [guests]));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
