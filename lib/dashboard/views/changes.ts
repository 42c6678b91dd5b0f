import 'server-only';
import { createHash } from 'node:crypto';
import { MINUTE_MS } from '@/lib/units';

/**
 * Lists for programs that poll: every version of a thing is listed once, the oldest change first. Watcher's times have
 * whole seconds, its services have clocks of their own, and a change may be read after a later one. So an answer names
 * the time from which the next one looks, some minutes before its newest change, and what it has listed since then.
 */

/** `at`: when it last changed, ms. `version`: text that differs for each thing and each state of it. */
export type Change = { at: number; version: string };

/** `from`: ms. `seen`: marks of versions that were listed before. */
export type Since = { from: number; seen: ReadonlySet<string> };

/** A change is read at most so long after a later one. */
export const LATE_MS = 5 * MINUTE_MS;
/** Keeps the address below 4 kB. If more changes within LATE_MS, a change must be read sooner. */
const MOST_SEEN = 400;
const MARK_LENGTH = 8;

/** @param text a time, and what was listed since then, as `next_since` of an answer or a plain time */
export function readSince(text: string): Since {
  const [time = '', marks = ''] = text.split('~');
  return { from: Date.parse(time), seen: new Set(marks.match(new RegExp(`.{${MARK_LENGTH}}`, 'g'))) };
}

/** `total`: how many changes there are, listed or not. */
type Listed<T> = { items: T[]; total: number; next: string };

/**
 * What has changed, the oldest change first, and `since` of the next answer.
 *
 * @param matching everything that matches and has changed since then, and possibly more
 */
export function listChanges<T>(
  matching: T[],
  changeOf: (item: T) => Change,
  { since, limit }: { since: Since; limit: number },
): Listed<T> {
  const changes = marked(matching, changeOf, since.from);
  const fresh = changes.filter(({ mark }) => !since.seen.has(mark));
  const listed = fresh.slice(0, limit);
  const waiting = fresh[limit];
  const done = new Set(listed.map(({ mark }) => mark));
  const known = changes.filter(({ mark }) => done.has(mark) || since.seen.has(mark));
  const newest = listed.at(-1)?.at;
  const from = newest === undefined ? since.from : Math.max(since.from, newest - LATE_MS);
  return { items: listed.map(({ item }) => item), total: fresh.length, next: write(known, from, waiting?.at) };
}

/**
 * `since` for what changes after an answer that shows what matches now.
 *
 * @param earliest everything that has changed since then is in `matching`, ms
 */
export function sinceNow<T>(matching: T[], changeOf: (item: T) => Change, earliest = 0): string {
  const newest = matching.reduce((last, item) => Math.max(last, changeOf(item).at), earliest + LATE_MS);
  const from = newest - LATE_MS;
  return write(marked(matching, changeOf, from), from, undefined);
}

type Marked<T> = { item: T; at: number; mark: string };

/** Oldest first. */
function marked<T>(items: T[], changeOf: (item: T) => Change, from: number): Marked<T>[] {
  return items
    .map((item) => ({ item, ...changeOf(item) }))
    .filter(({ at }) => at >= from)
    .map(({ item, at, version }) => ({ item, at, mark: markOf(at, version) }))
    .sort((a, b) => a.at - b.at || (a.mark < b.mark ? -1 : 1));
}

const markOf = (at: number, version: string): string =>
  createHash('sha256').update(`${at} ${version}`).digest('base64url').slice(0, MARK_LENGTH);

/**
 * @param known what was listed, oldest first
 * @param waiting when the oldest change happened that was not listed yet, ms
 */
function write(known: Marked<unknown>[], earliest: number, waiting: number | undefined): string {
  const dropped = known.at(-MOST_SEEN - 1)?.at;
  const from = dropped === undefined || dropped === waiting ? earliest : Math.max(earliest, dropped + 1);
  const marks = known.filter(({ at }) => at >= from).map(({ mark }) => mark);
  return `${new Date(from).toISOString()}${marks.length === 0 ? '' : `~${marks.join('')}`}`;
}
