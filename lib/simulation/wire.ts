import type { Engine } from './engine';
import type { Cloud } from './model';
import type { Occupancy } from './occupancy';

/** A region of a simulated cloud. `base`: what its addresses begin with, such as `/RegionTwo`; empty for the first. */
export type RegionHere = { cloud: Cloud; base: string };

/** A request to one of the services, without its prefix. */
export type ServiceRequest = {
  method: string;
  /** Relative to the service's address, with a leading slash and without a trailing one. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
  /** The origin at which the client reaches the services. */
  origin: string;
  now: number;
  /** Keystone's time, which decides whether tokens are valid. */
  tokenNow: number;
  /** Roles of the token's account in its project. */
  roles: string[];
  /** Whether a service is missing from the catalog. */
  hides: (service: ServiceName) => boolean;
  /** All regions of this Keystone, with what their addresses begin with. */
  regions: RegionHere[];
  cloud: Cloud;
  occupancy: Occupancy;
  engine: Engine;
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
/** 2026-11-22T14:31:42: UTC without an offset */
export const naive = (at: number | null) => (at === null ? null : zulu(at).replace('Z', ''));
/** 2026-11-22T14:31:42.000000: the same with microseconds */
export const naiveMicros = (at: number) => `${naive(at)}.000000`;

/** The services' default page limit. */
const MAX_LIMIT = 1000;

type Slice<T> = { items: T[] } | 'bad marker' | 'bad limit';

/** The page for limit and marker; at most 1,000 items. */
export function slice<T extends { id: string }>(items: T[], query: URLSearchParams): Slice<T> {
  const given = query.get('limit');
  const limit = given === null ? MAX_LIMIT : Number(given);
  if (!Number.isInteger(limit) || limit < 0 || given === '') return 'bad limit';
  const marker = query.get('marker');
  const from = marker === null ? 0 : items.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && from === 0) return 'bad marker';
  return { items: items.slice(from, from + Math.min(limit, MAX_LIMIT)) };
}

/** Whether a page is full; services then link to another one, even if nothing follows. */
export const isFull = (items: unknown[], query: URLSearchParams): boolean =>
  items.length > 0 && items.length === Math.min(Number(query.get('limit') ?? MAX_LIMIT), MAX_LIMIT);

type VersionSpan = { service: string; major: number; lowest: number; highest: number };
type Version = { minor: number } | { refused: string; malformed: boolean };

/** The requested microversion. The header may list several services; if ours is missing, it is the lowest. */
export function readVersion(header: string | null, { service, major, lowest, highest }: VersionSpan): Version {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name === service)?.[1];
  if (wanted === undefined) return { minor: lowest };
  if (wanted === 'latest') return { minor: highest };
  const [, wantedMajor, wantedMinor] = /^(\d+)\.(\d+)$/.exec(wanted) ?? [];
  if (wantedMajor === undefined) return { refused: wanted, malformed: true };
  const minor = Number(wantedMinor);
  const isSupported = Number(wantedMajor) === major && minor >= lowest && minor <= highest;
  return isSupported ? { minor } : { refused: wanted, malformed: false };
}

/** The response to an unknown token, as from keystonemiddleware. */
export const unauthenticated = (origin: string): Reply => ({
  status: 401,
  body: { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
  headers: { 'www-authenticate': `Keystone uri="${origin}${PREFIXES.keystone}/v3"` },
});
