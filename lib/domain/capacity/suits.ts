import { aggregatesHave } from '../review/rules';
import { type Piece, type Room, type RoomHost, wishText } from './room';

/** Whether a host takes a VM at all, however much of it is free. */

/** What a VM needs, as `needsOf` reads it from a flavor. */
export type Need = {
  /** By resource class, in its unit. */
  resources: Record<string, number>;
  required_traits: string[];
  forbidden_traits: string[];
  aggregate_specs: Record<string, string>;
  /** null: any project that nothing is kept for. */
  project: string | null;
};

/** Why a host takes no such VM. `resource` and `detail` say which class, trait, aggregate. */
export type Obstacle =
  | { kind: 'unknown'; detail: null }
  /** The host has none of this class. */
  | { kind: 'no-class'; detail: string }
  /** One VM may not have as much, or as little. */
  | { kind: 'unit-size'; detail: string }
  | { kind: 'traits'; detail: string }
  | { kind: 'aggregate'; detail: string }
  /** Its aggregate is kept for other projects. */
  | { kind: 'project'; detail: string };

/** Disks are often outside the host; then no class of the host counts them. */
export const MAY_BE_ELSEWHERE = 'DISK_GB';

/** A need as one cloud meets it. `amounts`: by resource class, those that people look at first. */
export type Wanted = Omit<Need, 'resources'> & { amounts: [resource: string, amount: number][] };

/** The order in which classes are named if several end at once. */
const FIRST = ['VCPU', 'PCPU', 'MEMORY_MB', MAY_BE_ELSEWHERE];
const rankOf = (resource: string) => (FIRST.includes(resource) ? FIRST.indexOf(resource) : FIRST.length);

/** If no host has CPUs for pinned VMs of their own, Nova takes them from VCPU. */
export function wantedIn({ hasPinned }: Pick<Room, 'hasPinned'>, { resources, ...need }: Need): Wanted {
  const { PCPU: pinned, ...others } = resources;
  const amounts = hasPinned || !pinned ? resources : { ...others, VCPU: (others.VCPU ?? 0) + pinned };
  return {
    ...need,
    amounts: Object.entries(amounts)
      .filter(([, amount]) => amount > 0)
      .sort(([a], [b]) => rankOf(a) - rankOf(b)),
  };
}

/** Whether a provider gives one VM this amount, whatever is free. */
export const allows = ({ most, least, step }: Piece, amount: number): boolean =>
  amount <= most && amount >= least && amount % step === 0;

const UNKNOWN: Obstacle = { kind: 'unknown', detail: null };

function pieceObstacle({ classes }: RoomHost, resource: string, amount: number): Obstacle | null {
  const pieces = classes?.get(resource);
  if (pieces === null) return UNKNOWN;
  if (pieces === undefined) return resource === MAY_BE_ELSEWHERE ? null : { kind: 'no-class', detail: resource };
  return pieces.some((piece) => allows(piece, amount)) ? null : { kind: 'unit-size', detail: resource };
}

/** null if the host may take such a VM. Traits and aggregates that could not be read are not looked at. */
export function obstacleOn(room: Room, host: RoomHost, need: Wanted): Obstacle | null {
  if (host.classes === null) return UNKNOWN;
  for (const [resource, amount] of need.amounts) {
    const obstacle = pieceObstacle(host, resource, amount);
    if (obstacle !== null) return obstacle;
  }
  return traitObstacle(room, host, need) ?? aggregateObstacle(room, host, need);
}

const isRead = ({ unread }: Room, rule: Room['unread'][number]['rule']) => !unread.some((part) => part.rule === rule);

function traitObstacle(room: Room, { traits }: RoomHost, need: Wanted): Obstacle | null {
  if (!isRead(room, 'traits')) return null;
  const trait =
    need.required_traits.find((wanted) => !traits.has(wanted)) ??
    need.forbidden_traits.find((unwanted) => traits.has(unwanted));
  return trait === undefined ? null : { kind: 'traits', detail: trait };
}

function aggregateObstacle(room: Room, { aggregates }: RoomHost, need: Wanted): Obstacle | null {
  if (!isRead(room, 'aggregates')) return null;
  for (const [key, value] of Object.entries(need.aggregate_specs)) {
    const wish = wishText(key, value);
    if (!room.unenforced.has(wish) && aggregatesHave(aggregates, key, value) === false)
      return { kind: 'aggregate', detail: wish };
  }
  const closed = aggregates.find(({ name, projects }) => {
    if (projects === null || room.shared.has(name)) return false;
    return need.project === null || !projects.includes(need.project);
  });
  return closed === undefined ? null : { kind: 'project', detail: closed.name };
}
