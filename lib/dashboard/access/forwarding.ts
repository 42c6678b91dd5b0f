import 'server-only';
import { readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { log } from '../process/log';

const state = () => processWide('forwarding', () => ({ hasWarned: false }));

/** Warns once if a proxy stands in front that is not trusted: all its clients then share one count of failures. */
export function watchForwarding(headers: Record<string, string | string[] | undefined>): void {
  if (headers['x-forwarded-for'] === undefined || state().hasWarned) return;
  const { AUTH, TRUSTED_PROXIES } = readEnv();
  if (AUTH === 'none' || TRUSTED_PROXIES.length > 0) return;
  state().hasWarned = true;
  log().warn(
    'a request has X-Forwarded-For, but TRUSTED_PROXIES is empty: everyone behind that proxy counts as one client, whose failed sign-ins and refused tokens keep all the others out. Set TRUSTED_PROXIES to the proxy’s address',
  );
}
