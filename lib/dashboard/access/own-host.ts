import 'server-only';
import { openOwnNames } from '@/lib/auth/own-names';
import { readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';

const isOwnName = () =>
  processWide('own-names', () => {
    const { HOSTNAME, ALLOWED_HOSTS } = readEnv();
    return openOwnNames({ listensOn: HOSTNAME, allowed: ALLOWED_HOSTS });
  });

/**
 * Whether a request names this server by one of its own names, as Host and, behind a proxy, as X-Forwarded-Host. Only
 * asked where nobody has to sign in: elsewhere the cookie belongs to one name.
 */
export function isForThisServer(headers: Record<string, string | string[] | undefined>): boolean {
  if (readEnv().AUTH !== 'none') return true;
  const forwarded = headers['x-forwarded-host'];
  const hosts = [headers.host ?? '', ...(forwarded === undefined ? [] : String(forwarded).split(','))];
  return hosts.every((host) => isOwnName()(String(host)));
}
