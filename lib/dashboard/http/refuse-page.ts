import 'server-only';
import { ownPath, withBase } from '@/lib/base-path';
import { readEnv } from '@/lib/env';

/**
 * Sends a visitor without access to the sign-in page and from there back, or, if a proxy signs people in, answers with
 * a line of text. Next requires an absolute address and makes it relative again if its host is that of the request
 * (tested), so that the Host header cannot influence it.
 */
export function askToSignIn({ origin, pathname, searchParams: query }: URL): Response {
  if (readEnv().AUTH === 'proxy') {
    return new Response('You are not signed in. Open this page through the proxy in front of it.\n', {
      status: 401,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  }
  const path = ownPath(pathname);
  const kept = new URLSearchParams(query);
  // Added by Next in the browser; it does not belong in an address.
  kept.delete('_rsc');
  const next = kept.size === 0 ? path : `${path}?${kept}`;
  const location = new URL(withBase('/sign-in/'), origin);
  if (next !== '/') location.searchParams.set('next', next);
  return new Response(null, { status: 303, headers: { location: location.href, 'cache-control': 'no-store' } });
}
