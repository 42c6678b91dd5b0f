import { MINUTE_MS } from '@/lib/units';

/** When somebody looked last, in this browser. A reload, or a look at another page, is the same visit. */

/** `since`: the end of the visit before this one (ms), null if there was none. `last`: when this one was noticed last. */
export type Visit = { since: number | null; last: number };

/** Away for longer than this, and the next look is another visit. */
const AWAY_MS = 30 * MINUTE_MS;

/** The visit at this time. @param kept as it was written before; anything else counts as no visit */
export function visitAt(kept: string | null, now: number): Visit {
  const before = read(kept);
  if (before === null || before.last > now) return { since: null, last: now };
  return now - before.last > AWAY_MS ? { since: before.last, last: now } : { since: before.since, last: now };
}

export const writeVisit = ({ since, last }: Visit): string => `${since ?? ''}.${last}`;

function read(kept: string | null): Visit | null {
  const found = /^(\d{1,15})?\.(\d{1,15})$/.exec(kept ?? '');
  if (!found) return null;
  return { since: found[1] === undefined ? null : Number(found[1]), last: Number(found[2]) };
}
