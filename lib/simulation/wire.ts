import type { Cloud } from './model';
import type { Occupancy } from './occupancy';

/** A request to one of the services, with its prefix cut off. */
export type Ask = {
  method: string;
  /** Below the service's address, with a leading slash and without a trailing one. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
  /** Where the services are for whoever asks. */
  origin: string;
  now: number;
  /** The time by which tokens are judged. */
  tokenNow: number;
  /** Whether the catalog leaves a service out. */
  hides: (service: ServiceName) => boolean;
  cloud: Cloud;
  occupancy: Occupancy;
};

export type Reply = { status: number; body: unknown; headers?: Record<string, string> };

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 200, body, headers });

export const PREFIXES = {
  keystone: '/identity',
  nova: '/compute',
  placement: '/placement',
  watcher: '/infra-optim',
  prometheus: '/prometheus',
} as const;

export type ServiceName = keyof typeof PREFIXES;

/** 2026-11-22T14:31:42Z */
export const zulu = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
/** 2026-11-22T14:31:42+00:00 */
export const offset = (at: number | null) => (at === null ? null : zulu(at).replace('Z', '+00:00'));
/** 2026-11-22T14:31:42: UTC that does not say so */
export const naive = (at: number | null) => (at === null ? null : zulu(at).replace('Z', ''));
/** 2026-11-22T14:31:42.000000: the same with microseconds */
export const naiveMicros = (at: number) => `${naive(at)}.000000`;

/** What a list gives at most, by the services' default. */
const MAX_LIMIT = 1000;

type Slice<T> = { items: T[] } | 'bad marker' | 'bad limit';

/** The page that limit and marker ask for; at most 1000. */
export function slice<T extends { id: string }>(items: T[], query: URLSearchParams): Slice<T> {
  const given = query.get('limit');
  const limit = given === null ? MAX_LIMIT : Number(given);
  if (!Number.isInteger(limit) || limit < 0 || given === '') return 'bad limit';
  const marker = query.get('marker');
  const from = marker === null ? 0 : items.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && from === 0) return 'bad marker';
  return { items: items.slice(from, from + Math.min(limit, MAX_LIMIT)) };
}

/** A page that is full, so that the services offer another, whether or not anything follows. */
export const isFull = (items: unknown[], query: URLSearchParams): boolean =>
  items.length > 0 && items.length === Math.min(Number(query.get('limit') ?? MAX_LIMIT), MAX_LIMIT);

type VersionSpan = { service: string; major: number; lowest: number; highest: number };
type Version = { minor: number } | { refused: string; malformed: boolean };

/** The microversion asked for. A header may name several services, each with its version; without ours it is the lowest. */
export function readVersion(header: string | null, { service, major, lowest, highest }: VersionSpan): Version {
  const asked = (header ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name === service)?.[1];
  if (asked === undefined) return { minor: lowest };
  if (asked === 'latest') return { minor: highest };
  const [, majorAsked, minorAsked] = /^(\d+)\.(\d+)$/.exec(asked) ?? [];
  if (majorAsked === undefined) return { refused: asked, malformed: true };
  const minor = Number(minorAsked);
  const isSpoken = Number(majorAsked) === major && minor >= lowest && minor <= highest;
  return isSpoken ? { minor } : { refused: asked, malformed: false };
}

/** Says no to a token that is not known; the words of keystonemiddleware. */
export const unauthenticated = (origin: string): Reply => ({
  status: 401,
  body: { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
  headers: { 'www-authenticate': `Keystone uri="${origin}${PREFIXES.keystone}/v3"` },
});
