import type { GroupLoss, HostFailures, HostLoss, UnplacedVm, ZoneLoss } from '@/lib/contract/v1/host-failures';
import { formatThings } from '@/lib/format';
import type { NamedCrowd } from './crowd';
import { endText } from './end-words';
import type { HostGroup } from './host-groups';
import type { Loss, Losses } from './losses';
import { type Outcome, WHY, type Why } from './place';
import type { Room } from './room';
import { type Need, obstacleOn, wantedIn } from './suits';

/** What becomes of VMs if hosts fail, as it is shown. */

const MOST_NAMED = 20;
const MOST_HOSTS = 10;

const KINDS: Record<Why, UnplacedVm['why']> = { [WHY.nowhere]: 'nowhere', [WHY.full]: 'full', [WHY.group]: 'group' };

type Given = {
  room: Room;
  named: NamedCrowd;
  /** `sets`: in the order of the groups. */
  losses: Losses;
  groups: HostGroup[];
};
type Described = Pick<HostFailures, 'groups' | 'hosts'> & {
  /** With the worst `k` hosts of each. */
  zonesFor: (k: number) => ZoneLoss[];
  /** What becomes of the VMs of hosts that somebody asked about. */
  describe: (loss: Loss) => HostLoss;
};

export function describeLosses({ room, named, losses, groups }: Given): Described {
  const describe = openLosses(room, named);
  const zones = room.zones.map((zone, number) => describeZone({ room, losses, describe, zone, number }));
  const hosts = room.hosts.map(({ at, name, zone }) => ({
    name,
    zone,
    vms: vmsOn(named, at),
    unplaced: losses.single[at]?.unplaced.length ?? 0,
  }));
  return {
    hosts,
    zonesFor: (k) =>
      zones.map((zone, number) => {
        const worst = losses.worst[k - 2]?.[number];
        return { ...zone, together: k === 1 ? zone.tightest : worst ? describe(worst.hosts, worst) : null };
      }),
    groups: groups
      .map(
        ({ kind, name, hosts: own }, i): GroupLoss => ({ kind, name, loss: describe(own, losses.sets[i] ?? NOTHING) }),
      )
      .sort((a, b) => b.loss.unplaced - a.loss.unplaced),
    describe: (loss) => describe(loss.hosts, loss),
  };
}

const NOTHING: Outcome = { unplaced: [], leaves: null };

type Describe = (hosts: number[], outcome: Outcome) => HostLoss;

const vmsOn = ({ crowd }: NamedCrowd, host: number): number =>
  (crowd.firstOf[host + 1] ?? 0) - (crowd.firstOf[host] ?? 0);

function describeZone({
  room,
  losses,
  describe,
  zone,
  number,
}: {
  room: Room;
  losses: Losses;
  describe: Describe;
  zone: string;
  number: number;
}): Omit<ZoneLoss, 'together'> {
  const own = room.hosts
    .filter((host) => host.zone === zone)
    .map(({ at }) => ({ at, outcome: losses.single[at] ?? NOTHING }))
    .sort(
      (a, b) =>
        b.outcome.unplaced.length - a.outcome.unplaced.length ||
        (a.outcome.leaves ?? 0) - (b.outcome.leaves ?? 0) ||
        a.at - b.at,
    );
  const bad = own.filter(({ outcome }) => outcome.unplaced.length > 0);
  const [first] = own;
  return {
    zone,
    hosts: own.length,
    hosts_with_unplaced: bad.length,
    tightest: first === undefined ? null : describe([first.at], first.outcome),
    worst: bad.slice(0, MOST_HOSTS).map(({ at, outcome }) => describe([at], outcome)),
    survives: bad.length > 0 ? 0 : Math.min(own.length, survivedOf(losses, number)),
  };
}

/** How many hosts of a zone may fail if any one may. */
function survivedOf({ worst }: Losses, zone: number): number {
  const failed = worst.findIndex((rows) => rows[zone]?.unplaced.length !== 0);
  return 1 + (failed === -1 ? worst.length : failed);
}

function openLosses(room: Room, { crowd, servers, needs, unknown }: NamedCrowd): Describe {
  const nowhere = openNowhere(room);
  const unknownOn = new Map<string, number>();
  const index = new Map(room.hosts.flatMap(({ name, servers: own }) => own.map(({ id }) => [id, name])));
  for (const { id } of unknown) {
    const host = index.get(id) ?? '';
    unknownOn.set(host, (unknownOn.get(host) ?? 0) + 1);
  }
  return (hosts, { unplaced, leaves }) => ({
    hosts: hosts.map((at) => room.hosts[at]?.name ?? ''),
    vms: hosts.reduce((sum, at) => sum + vmsOn({ crowd, servers, needs, unknown }, at), 0),
    unplaced: unplaced.length,
    unplaced_vms: unplaced.slice(0, MOST_NAMED).flatMap(({ vm, why }): UnplacedVm[] => {
      const server = servers[vm];
      const host = room.hosts[crowd.hostOf[vm] ?? -1];
      const need = needs[crowd.kindOf[vm] ?? -1];
      if (!server || !host || !need) return [];
      return [
        {
          id: server.id,
          name: server.name,
          project_id: server.projectId,
          flavor: server.flavor?.name ?? null,
          host: host.name,
          why: KINDS[why],
          text:
            why === WHY.nowhere
              ? nowhere(need, crowd.roams[vm] === 1 ? null : host.zone)
              : why === WHY.full
                ? FULL
                : groupText(crowd, vm),
        },
      ];
    }),
    unknown_vms: hosts.reduce((sum, at) => sum + (unknownOn.get(room.hosts[at]?.name ?? '') ?? 0), 0),
    leaves,
  });
}

const FULL = 'The hosts that take it have no room for it, or not after other VMs came.';

const groupText = ({ groupOf, together }: NamedCrowd['crowd'], vm: number): string =>
  together[groupOf[vm] ?? -1] === 1
    ? 'Its server group keeps it with VMs of the host that fails, and Nova evacuates them one by one.'
    : 'Its server group keeps it apart from VMs on every host that has room.';

/**
 * Why no host that is left in a zone, or in any, takes such VMs, and where there is one: "The only other such host, cmp-r01-06,
 * is in az-a." Looked up once for each kind and zone: many VMs of a rack share it.
 */
function openNowhere(room: Room): (need: Need, zone: string | null) => string {
  const known = new Map<Need, Map<string | null, string>>();
  return (need, zone) => {
    const own = known.get(need) ?? new Map<string | null, string>();
    const text = own.get(zone) ?? describeNowhere(room, need, zone);
    known.set(need, own.set(zone, text));
    return text;
  };
}

function describeNowhere(room: Room, need: Need, zone: string | null): string {
  const wanted = wantedIn(room, need);
  const reasons = new Map<string, number>();
  const elsewhere: string[] = [];
  for (const host of room.hosts) {
    if (!host.isOpen) continue;
    const obstacle = obstacleOn(room, host, wanted);
    const isOutside = zone !== null && host.zone !== zone;
    if (obstacle === null && isOutside) elsewhere.push(`${host.name}, is in ${host.zone}`);
    if (obstacle === null || isOutside) continue;
    reasons.set(endText(obstacle), (reasons.get(endText(obstacle)) ?? 0) + 1);
  }
  const why = [...reasons]
    .sort(([, a], [, b]) => b - a)
    .map(([text, count]) => `${text} on ${formatThings(count, 'host')}`);
  const found =
    elsewhere.length === 0
      ? ''
      : elsewhere.length === 1
        ? ` The only other such host, ${elsewhere[0]}.`
        : ` ${elsewhere.length} such hosts are in other zones.`;
  return `No open host${zone === null ? '' : ` of ${zone}`} is left that takes it${why.length === 0 ? '' : `: ${why.join(', ')}`}.${found}`;
}
