import { BASE_PATH } from '../base-path';
import type { HeaderReader } from './visitor';

/** Our cookies: their names, their attributes, and how they are found in a request. */

/** `session`: who signed in. `acting`: the handle of a person's token for acts. */
export type CookieKind = 'session' | 'acting';

const plainName = (kind: CookieKind) => `watcher-visio-${kind}`;
/**
 * Browsers accept this name only from this very host, over HTTPS: no sibling host can plant one. Such a cookie is for the whole
 * host, so below a path it has the next best name, which still wants HTTPS.
 */
const secureName = (kind: CookieKind) => `${BASE_PATH === '' ? '__Host' : '__Secure'}-${plainName(kind)}`;

/** @param setting `auto`: as a proxy in front says */
export function isSecure(setting: 'auto' | 'true' | 'false', headers: HeaderReader): boolean {
  if (setting !== 'auto') return setting === 'true';
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase() === 'https';
}

/** Values for Set-Cookie. @param cookie.expiresAt ms since the epoch */
export function writeCookie(
  kind: CookieKind,
  { value, expiresAt, secure }: { value: string; expiresAt: number; secure: boolean },
): string {
  const parts = [
    `${secure ? secureName(kind) : plainName(kind)}=${value}`,
    `Path=${BASE_PATH || '/'}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  parts.push(`Expires=${new Date(expiresAt).toUTCString()}`);
  if (secure) parts.push('Secure');
  return parts.join('; ');
}

/** Each is tried, which costs a decryption; of one name, browsers have one for each host and path that set it. */
const MOST_VALUES = 50;

/** The values of all cookies of a kind in a request: others may have planted some, so any may be the valid one. */
export function readCookies(kind: CookieKind, headers: HeaderReader, secure: boolean): string[] {
  const names = secure ? [secureName(kind)] : [secureName(kind), plainName(kind)];
  const cookies = (headers.get('cookie') ?? '').split(';').map((part) => part.trim());
  return names
    .flatMap((name) =>
      cookies.filter((cookie) => cookie.startsWith(`${name}=`)).map((cookie) => cookie.slice(name.length + 1)),
    )
    .filter((value) => value !== '')
    .slice(0, MOST_VALUES);
}
