import type { ReadingState, Readings } from '@/lib/contract/v1/readings';
import { formatAge, formatTime } from '@/lib/format';

/** A source that fails, and what that means for the page. */
export type Trouble = {
  source: string;
  /** "Prometheus has given no data since 02:41 UTC, 26 min ago." */
  headline: string;
  /** Which parts of the page are old, missing or current. */
  consequence: string;
  /** The last error. */
  error: string;
};

type ReadingName = keyof Readings;

const NAMES: Record<ReadingName, string> = {
  inventory: 'hosts and VMs',
  allocations: 'allocations',
  load: 'CPU and RAM use',
  optimizer: 'audits',
};
const ORDER: ReadingName[] = ['load', 'inventory', 'allocations', 'optimizer'];

/** One for each failing source, the worst first. */
export function listTroubles(readings: Readings, now: number): Trouble[] {
  const failed = ORDER.filter((name) => readings[name].error !== null);
  const sources = [...new Set(failed.map((name) => readings[name].error?.source ?? ''))];
  return sources.map((source) => describe(source, readings, now));
}

function describe(source: string, readings: Readings, now: number): Trouble {
  const names = ORDER.filter((name) => readings[name].error?.source === source);
  const states = names.map((name) => readings[name]);
  const since = Math.min(...states.map(({ as_of: asOf, error }) => asOf ?? error?.since ?? now));
  const missing = names.filter((name) => readings[name].as_of === null);
  const old = names.filter((name) => readings[name].as_of !== null);
  const current = ORDER.filter((name) => readings[name].state === 'fresh' && readings[name].error === null);
  const parts = [
    ...(old.length > 0 ? [`${list(old)} below ${isOrAre(old)} from ${timeOf(old, readings, now)}`] : []),
    ...(missing.length > 0 ? [`${list(missing)} ${isOrAre(missing)} unknown`] : []),
    ...(current.length > 0 ? [`${list(current)} ${isOrAre(current)} current`] : []),
  ];
  return {
    source,
    headline: `${source} has given no data since ${formatTime(since, now)}, ${formatAge(now - since)} ago.`,
    consequence: `${capital(parts.join('; '))}.`,
    error: states.find(({ error }) => error !== null)?.error?.message ?? '',
  };
}

const timeOf = (names: ReadingName[], readings: Readings, now: number): string => {
  const times = names.map((name) => readings[name].as_of).filter((at) => at !== null);
  return Math.max(...times) - Math.min(...times) < 60_000 ? formatTime(Math.min(...times), now) : 'then or earlier';
};

const isOrAre = (names: ReadingName[]): string => (names.length === 1 && names[0] === 'load' ? 'is' : 'are');

function list(names: ReadingName[]): string {
  const words = names.map((name) => NAMES[name]);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The age of the oldest reading (ms) if it is older than two refreshes although no source fails: the server was asleep, or
 * a source is slow. Null if everything is fresh.
 */
export function ageOfOld(readings: Readings, now: number, ttlMs: number): number | null {
  const ages = ORDER.map((name) => readings[name])
    // A first reading may take long, and shows its progress.
    .filter(({ state }) => state !== 'partial')
    .filter((reading): reading is ReadingState & { as_of: number } => reading.error === null && reading.as_of !== null)
    .map(({ as_of: asOf }) => now - asOf);
  const oldest = Math.max(...ages, 0);
  return oldest > 2 * ttlMs ? oldest : null;
}
