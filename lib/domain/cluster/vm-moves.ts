import type { MoveHistory, VmMoves } from '@/lib/contract/v1/vm-moves';
import { formatNames, formatStamp, formatThings } from '@/lib/format';
import { groupBy } from '@/lib/group-by';
import { hasArrived } from '@/lib/migration-result';
import type { ServerMigration } from '@/lib/openstack/records';
import { DAY_MS, MINUTE_MS } from '@/lib/units';

/** VMs that move too often: what Nova has recorded, counted. */

/** How far back moves are counted. */
export const HISTORY_MS = 7 * DAY_MS;
/** A VM that has moved is left alone for this long, if possible. */
const COOL_DOWN_MS = DAY_MS;
/** The record begins by our clock and ends by Nova's, whose headers have whole seconds. */
const SKEW_MS = 5 * MINUTE_MS;
/** Moves in 7 days, and returns to a host left within a day, from which a VM moves too often. */
const MANY_MOVES = 4;
const MANY_RETURNS = 2;

/** A VM that has not moved. */
export const NO_MOVES: VmMoves = {
  in_7_days: 0,
  in_24_hours: 0,
  returns: 0,
  last_at: null,
  left: [],
  pair: null,
  too_often: null,
};

type Change = { at: number; from: string; to: string };

/** The times that a VM changed its host, oldest first; a resize on the same host is none. @param migrations newest first */
const listChanges = (migrations: ServerMigration[]): Change[] =>
  migrations
    .toReversed()
    .filter(hasArrived)
    .flatMap(({ source, destination, startedAt, updatedAt }): Change[] =>
      source !== null && destination !== null && source !== destination
        ? [{ at: updatedAt ?? startedAt, from: source, to: destination }]
        : [],
    )
    .sort((a, b) => a.at - b.at);

/** Counts the moves of one VM. @param migrations the last to begin first @param now ms */
export function countMoves(migrations: ServerMigration[], now: number): VmMoves {
  const changes = listChanges(migrations).filter(({ at }) => at > now - HISTORY_MS);
  const last = changes.at(-1);
  if (last === undefined) return NO_MOVES;
  const returning = changes.filter((change, i) =>
    changes.slice(0, i).some(({ from, at }) => from === change.to && change.at - at < COOL_DOWN_MS),
  );
  const back = returning.at(-1);
  const left = new Map(changes.flatMap(({ from, at }) => (at > now - COOL_DOWN_MS ? [[from, at] as const] : [])));
  const pair: VmMoves['pair'] = back ? [back.from, back.to] : null;
  const counts = { in_7_days: changes.length, returns: returning.length };
  return {
    ...counts,
    in_24_hours: changes.filter(({ at }) => at > now - COOL_DOWN_MS).length,
    last_at: last.at,
    // It is on the last one again, if it came back.
    left: [...left]
      .filter(([host]) => host !== last.to)
      .map(([host, at]) => ({ host, at }))
      .sort((a, b) => b.at - a.at),
    pair,
    too_often: isTooOften(counts) ? sayTooOften(counts, pair) : null,
  };
}

type Counts = Pick<VmMoves, 'in_7_days' | 'returns'>;

const isTooOften = ({ in_7_days: moves, returns }: Counts): boolean => moves >= MANY_MOVES || returns >= MANY_RETURNS;

const sayTooOften = (counts: Counts, pair: VmMoves['pair']): string => `It ${often(counts, pair)}.`;

function often({ in_7_days: moves, returns }: Counts, pair: VmMoves['pair']): string {
  const times = `moves too often: ${formatThings(moves, 'time')} in 7 days`;
  if (returns === 0 || pair === null) return times;
  return `${times}, ${returns} of them back to a host that it had left within a day (${formatNames([...pair])})`;
}

/** What a move has made of a VM, without its name; null if nothing worth a word. @param to where it has moved */
export function sayAfterMove(moves: VmMoves, to: string | null): string | null {
  if (moves.too_often !== null) return often(moves, moves.pair);
  const [from, back] = moves.pair ?? [];
  return back !== undefined && back === to ? `went back from ${from} to ${to}, which it had left within a day` : null;
}

/** Nova's record, and the time in which it is complete; `from` and `until` in ms. */
export type Recorded = {
  migrations: ServerMigration[];
  covered: { from: number; until: number } | null;
  reason: string | null;
};

export type MovesKnown = {
  history: MoveHistory;
  /** By the id of the VM; those that have not moved are missing. Empty if nothing is known. */
  byVm: ReadonlyMap<string, VmMoves>;
};

/** What is known about the moves of all VMs, counted up to the end of the record. */
export function countAllMoves({ migrations, covered, reason }: Recorded): MovesKnown {
  if (covered === null) {
    const why = reason ?? 'Nova’s record of moves has not been read yet.';
    return { history: { as_of: null, since: null, reason: why }, byVm: new Map() };
  }
  const { until, from } = covered;
  const since = Math.max(from, until - HISTORY_MS);
  const isShort = from > until - HISTORY_MS + SKEW_MS;
  const short = isShort ? `Moves are known only since ${formatStamp(since)}: there are too many to read.` : null;
  const own = groupBy(migrations, ({ serverId }) => serverId);
  const counted = [...own].map(([id, list]) => [id, countMoves(list, until)] as const);
  return {
    history: { as_of: until, since, reason: reason ?? short },
    byVm: new Map(counted.filter(([, { in_7_days: moves }]) => moves > 0)),
  };
}
