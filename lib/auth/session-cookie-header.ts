import type { HeaderReader } from './visitor';

/** The cookie that carries a session: its name, its attributes, and how it is found in a request. */

const NAME = 'watcher-visio-session';
/** Browsers accept this name only from this very host, over HTTPS: no sibling host can plant one. */
const HOST_NAME = `__Host-${NAME}`;

/** @param setting `auto`: as a proxy in front says */
export function isSecure(setting: 'auto' | 'true' | 'false', headers: HeaderReader): boolean {
  if (setting !== 'auto') return setting === 'true';
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase() === 'https';
}

/** Values for Set-Cookie. @param expiresAt ms since the epoch */
export function writeSessionCookie(value: string, expiresAt: number, secure: boolean): string {
  const parts = [`${secure ? HOST_NAME : NAME}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  parts.push(`Expires=${new Date(expiresAt).toUTCString()}`);
  if (secure) parts.push('Secure');
  return parts.join('; ');
}

/** The values of all session cookies in a request: others may have planted some, so any may be the valid one. */
export function readSessionCookies(headers: HeaderReader, secure: boolean): string[] {
  const names = secure ? [HOST_NAME] : [HOST_NAME, NAME];
  const cookies = (headers.get('cookie') ?? '').split(';').map((part) => part.trim());
  return names.flatMap((name) =>
    cookies.filter((cookie) => cookie.startsWith(`${name}=`)).map((cookie) => cookie.slice(name.length + 1)),
  );
}
