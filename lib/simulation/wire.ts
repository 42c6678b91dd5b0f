import type { Cloud } from './model';

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
  cloud: Cloud;
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

const MAX_LIMIT = 1000;

export type Slice<T> = { items: T[]; more: boolean } | 'bad marker' | 'bad limit';

/** The page that limit and marker ask for; at most 1000. */
export function slice<T extends { id: string }>(items: T[], query: URLSearchParams): Slice<T> {
  const given = query.get('limit');
  const limit = given === null ? MAX_LIMIT : Number(given);
  if (!Number.isInteger(limit) || limit < 1) return 'bad limit';
  const marker = query.get('marker');
  const from = marker === null ? 0 : items.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && from === 0) return 'bad marker';
  const until = from + Math.min(limit, MAX_LIMIT);
  return { items: items.slice(from, until), more: until < items.length };
}

/** The microversion asked for: null where it is none that the service speaks. */
export function minorVersion(
  asked: string | null,
  service: string,
  { major, lowest, highest }: { major: number; lowest: number; highest: number },
): number | null {
  if (asked === null) return lowest;
  const found = new RegExp(`^${service} (?:(latest)|${major}\\.(\\d+))$`).exec(asked.trim());
  if (!found) return null;
  const minor = found[1] ? highest : Number(found[2]);
  return minor >= lowest && minor <= highest ? minor : null;
}
