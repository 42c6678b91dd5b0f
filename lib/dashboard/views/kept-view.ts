import 'server-only';
import { LRUCache } from 'lru-cache';
import { showBidiIn } from '@/lib/bidi';
import { processWide } from '@/lib/process-wide';
import type { PlaceQuery } from '../collect/places';
import type { ReadingSet } from '../collect/reading-set';
import type { ReadingName } from '../collect/reading-values';

/**
 * What pages show, kept for as long as it would be made the same again: many people look at the same page. Who asks is
 * checked when the readings are taken, in each request, so what is kept must hold for everyone: no names of visitors and
 * nothing about what they may do. An act has what it changed read again, so that what was made before it is not used any
 * more. Ages are no part of a view; pages count them from the times in it.
 */

/** Views of the same name with other parameters are kept side by side. */
const MOST_VIEWS = 100;

type Kept = { stamp: string; made: Promise<unknown>; until: number };

const kept = () => processWide('kept-views', () => new LRUCache<string, Kept>({ max: MOST_VIEWS }));

/** What a view is made from. */
export type MadeFrom = {
  /** Of the view, and the parameters that it has. */
  name: string;
  readings: ReadingSet;
  /** Those of the readings that it uses. */
  names: readonly ReadingName[];
  /** What else it uses; objects count as the same if they are the same one. */
  others?: readonly unknown[];
  /** How long it is kept, where it depends on the clock or on the journal too; ms. */
  forMs?: number;
};

/** The name of a view that is about a zone or an aggregate, or about all hosts. */
export const nameWithin = (name: string, { zone, aggregate }: PlaceQuery): string =>
  JSON.stringify([name, zone, aggregate]);

/** The view as pages may show it, made once for everyone who asks for it. @throws whatever `make` throws */
export const keepView = <T>(from: MadeFrom, make: () => T | Promise<T>): Promise<T> =>
  keepMade(from, async () => showBidiIn(await make()));

/** The same for what views are made of, which may be a hundred times as large as what they show. */
export async function keepMade<T>(from: MadeFrom, make: () => Promise<T>): Promise<T> {
  const { name, readings, forMs = Number.POSITIVE_INFINITY } = from;
  const key = `${readings.region} ${name}`;
  const stamp = stampOf(from);
  const known = kept().get(key);
  // Not the time of day, which may be set.
  const now = performance.now();
  // The name stands for one type of view.
  if (known?.stamp === stamp && now < known.until) return known.made as Promise<T>;
  const made = make();
  const entry = { stamp, made, until: now + forMs };
  kept().set(key, entry);
  made.catch(() => {
    if (kept().get(key) === entry) kept().delete(key);
  });
  return made;
}

/** Differs wherever something else was read. Until the very first reading is complete, that is always so. */
const stampOf = ({ readings, names, others = [] }: MadeFrom): string =>
  JSON.stringify([
    readings.sources.identity,
    numberOf(readings.projects),
    ...names.map((name) => {
      const taken = readings[name];
      return [taken?.state, taken?.at, numberOf(taken?.value), numberOf(taken?.failure)];
    }),
    ...others.map(numberOf),
  ]);

/** Each object has a number, so that what is kept does not keep the readings alive. */
const numbers = () => processWide('view-numbers', () => ({ of: new WeakMap<object, number>(), next: 1 }));

function numberOf(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part ?? null;
  const known = numbers();
  const number = known.of.get(part) ?? known.next++;
  known.of.set(part, number);
  // No text or number looks like it.
  return { number };
}
