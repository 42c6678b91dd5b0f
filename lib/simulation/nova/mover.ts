import { SECOND_MS } from '@/lib/units';
import { recordMigration } from '../migrations';
import { type Cloud, hostAt, type SimHost, type SimMigration, type SimServer } from '../model';
import { capacityOf, inventoryOf, type Occupancy, type Residence } from '../occupancy';
import { endOf } from './progress';
import { DEFAULT_SCRIPT, type MoveScript } from './script';

/** Nova moves VMs. It lets one live migration at a time leave each host, which is its default; the others wait. */
export type Mover = {
  script(): MoveScript;
  setScript(script: MoveScript): void;
  /** The move of a VM that has not ended. */
  moveOf(server: SimServer): SimMigration | undefined;
  /** The same if the VM holds a place on its destination too. */
  claimOf(server: SimServer): SimMigration | undefined;
  /** Takes a request to move a VM; without a destination Nova chooses. A refusal shows in the migration a little later. */
  begin(move: Move, at: number): SimMigration;
  /** Goes on with a migration that was only recorded, as if it had left the queue now. */
  takeUp(migration: SimMigration, at: number): void;
  abort(migration: SimMigration, at: number): void;
  /** Ends the move of a VM that is deleted. */
  lose(server: SimServer, at: number): void;
  /** When something happens next; infinite if nothing does. */
  due(): number;
  /** Does what is due at this time. */
  run(at: number): void;
};

type Move = { server: SimServer; destination: SimHost | null; type: 'live-migration' | 'migration' };

export function openMover(cloud: Cloud, occupancy: Occupancy): Mover {
  let script = DEFAULT_SCRIPT;
  const running = new Map<SimServer, SimMigration>();
  /** Live migrations by source host, the one that copies first. */
  const leaving = new Map<SimHost, SimMigration[]>();
  /** Places on the hosts where running moves go. */
  const claims = new Map<SimMigration, Residence>();

  const isNamed = ({ name }: SimServer, beginnings: string[]) => beginnings.some((text) => name.startsWith(text));

  /** Room for the VM, and no other member of its anti-affinity group. */
  function accepts(host: SimHost, server: SimServer, at: number): boolean {
    if (!host.enabled || !host.up) return false;
    const used = new Map<string, number>(Object.entries(occupancy.usage(host, at)));
    const { pinned, vcpus, ramMib } = server.flavor;
    const room = (name: string) => {
      const inventory = inventoryOf(host)[name];
      return inventory === undefined ? 0 : capacityOf(inventory) - (used.get(name) ?? 0);
    };
    const isApart = cloud.serverGroups.every(
      ({ policy, members }) =>
        policy !== 'anti-affinity' ||
        !members.includes(server) ||
        members.every((other) => other === server || hostAt(other, at) !== host),
    );
    return isApart && room(pinned ? 'PCPU' : 'VCPU') >= vcpus && room('MEMORY_MB') >= ramMib;
  }

  /** The open host with the most free RAM. */
  function choose(server: SimServer, at: number): SimHost | null {
    const open = cloud.hosts.filter((host) => host !== hostAt(server, at) && accepts(host, server, at));
    const free = (host: SimHost) => host.ramMib - occupancy.usage(host, at).MEMORY_MB;
    return open.reduce<SimHost | null>((best, host) => (best && free(best) >= free(host) ? best : host), null);
  }

  function fateOf(server: SimServer, destination: SimHost | null, at: number) {
    if (!destination || isNamed(server, script.refuse) || !accepts(destination, server, at)) return 'refused';
    if (isNamed(server, script.never)) return 'never';
    return isNamed(server, script.fail) ? 'fails' : 'arrives';
  }

  /** Lets the next VM leave a host. */
  function nextFrom(source: SimHost | null, at: number): void {
    const [first] = (source && leaving.get(source)) ?? [];
    if (first?.course && first.course.begunAt === null) first.course.begunAt = at;
  }

  function end(migration: SimMigration, ended: SimMigration['ended'], at: number): void {
    const { server, source } = migration;
    migration.ended = ended;
    migration.endedAt = at;
    running.delete(server);
    const claim = claims.get(migration);
    if (claim) claim.until = at;
    claims.delete(migration);
    server.updatedAt = at;
    const queue = source && leaving.get(source);
    if (queue?.includes(migration)) {
      queue.splice(queue.indexOf(migration), 1);
      nextFrom(source, at);
    }
  }

  function finish(migration: SimMigration, at: number): void {
    const { server, source, destination, course, type } = migration;
    const isThere = server.deletedAt === undefined && hostAt(server, at) === source;
    if (course?.fate === 'fails') end(migration, 'failed', at);
    else if (course?.fate === 'refused' || !isThere) end(migration, 'error', at);
    else {
      end(migration, type === 'live-migration' ? 'completed' : 'confirmed', at);
      server.stays.push({ from: at, host: destination });
      occupancy.moved(server);
    }
  }

  const isOver = (migration: SimMigration, at: number) => endOf(migration) <= at;

  return {
    script: () => script,
    setScript(next) {
      script = next;
    },
    moveOf: (server) => running.get(server),
    claimOf(server) {
      const migration = running.get(server);
      return migration && claims.has(migration) ? migration : undefined;
    },
    begin({ server, destination, type }, at) {
      const source = hostAt(server, at);
      const target = destination ?? choose(server, at);
      const fate = fateOf(server, target, at);
      const migration = recordMigration(cloud, {
        server,
        source,
        destination: target,
        type,
        startedAt: at,
        endedAt: null,
      });
      const waits = type === 'live-migration' && fate !== 'refused';
      migration.course = { begunAt: waits ? null : at, lastsMs: script.seconds * SECOND_MS, fate };
      running.set(server, migration);
      server.updatedAt = at;
      if (target && fate !== 'refused') claims.set(migration, occupancy.claim(server, target, at));
      if (waits && source) {
        leaving.set(source, [...(leaving.get(source) ?? []), migration]);
        nextFrom(source, at);
      }
      return migration;
    },
    takeUp(migration, at) {
      migration.course = { begunAt: at, lastsMs: script.seconds * SECOND_MS, fate: 'arrives' };
      running.set(migration.server, migration);
    },
    abort(migration, at) {
      end(migration, 'cancelled', at);
    },
    lose(server, at) {
      const migration = running.get(server);
      if (migration) end(migration, 'error', at);
    },
    due() {
      let due = Number.POSITIVE_INFINITY;
      for (const migration of running.values()) due = Math.min(due, endOf(migration));
      return due;
    },
    run(at) {
      for (const migration of [...running.values()]) if (isOver(migration, at)) finish(migration, at);
    },
  };
}
