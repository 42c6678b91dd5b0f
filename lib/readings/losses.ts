import { SOURCE_NAMES } from '@/lib/errors';
import { reportingLosses } from '@/lib/openstack/reported-losses';
import type { Session } from '@/lib/openstack/session';
import type { Loss } from '@/lib/shape';

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
