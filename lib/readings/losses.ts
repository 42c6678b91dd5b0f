import { SOURCE_NAMES } from '@/lib/errors';
import { reportingLosses } from '@/lib/openstack/reported-losses';
import type { Session } from '@/lib/openstack/session';
import type { Loss } from '@/lib/shape';
import { MINUTE_MS } from '@/lib/units';

/** What the services sent and could not be read: rows and fields that a reading does without. Part of the reading. */
export type Losses = Loss[];

/** A session that collects what its reads leave out, each thing once. */
export function collectLosses(session: Session): { session: Session; losses(): Losses } {
  const found = new Map<string, Loss>();
  return {
    session: reportingLosses(session, (loss) => found.set(keyOf(loss), loss)),
    losses: () => [...found.values()],
  };
}

/** Losses without those of rows that have been read again. */
export function withoutReread(known: Losses, reread: { id: string }[]): Losses {
  if (known.length === 0) return known;
  const again = new Set(reread.map(({ id }) => id));
  return known.filter(({ id }) => id === null || !again.has(id));
}

/** All of them, each once. */
export const joinLosses = (...parts: Losses[]): Losses => [
  ...new Map(parts.flat().map((loss) => [keyOf(loss), loss])).values(),
];

/** For people: "Nova's servers/detail: flavor.vcpus of old-1 can't be read (…)". */
export function describeLoss({ source, what, row, field, problem }: Loss): string {
  const value = [field, row].filter((part) => part !== null && part !== '').join(' of ');
  return `${SOURCE_NAMES[source]}'s ${what}: ${value || 'a row'} can't be read (${problem})`;
}

const keyOf = ({ what, owner, id, row, field }: Loss): string => JSON.stringify([what, owner, id, row, field]);

/** Losses are repeated with every reading; one that has not been seen for this long is over. */
const OVER_MS = 10 * MINUTE_MS;
const MOST = 500;

/** Collects losses of queries, which belong to no single reading. */
export function openLossLog(clock: () => number): { note(loss: Loss): void; current(): Losses } {
  const seen = new Map<string, { loss: Loss; at: number }>();
  return {
    note(loss) {
      if (seen.size < MOST || seen.has(keyOf(loss))) seen.set(keyOf(loss), { loss, at: clock() });
    },
    current() {
      for (const [key, { at }] of seen) if (clock() - at > OVER_MS) seen.delete(key);
      return [...seen.values()].map(({ loss }) => loss);
    },
  };
}
