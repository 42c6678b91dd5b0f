import 'server-only';
import { readEnv } from '@/lib/env';

/**
 * For a page that somebody may not see: to the sign-in and from there back, or, where a proxy signs people in, a line of text.
 * Next wants an absolute address here and makes it relative again where its host is that of the request (a test says so), so
 * that no Host header has a word in it.
 */
export function askToSignIn({ origin, pathname: path, searchParams: query }: URL): Response {
  if (readEnv().AUTH === 'proxy') {
    return new Response('Nobody is signed in. This page is to be opened through the proxy in front of it.\n', {
      status: 401,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  }
  const kept = new URLSearchParams(query);
  // How Next's browser part asks for a page; nothing that belongs into an address.
  kept.delete('_rsc');
  const next = kept.size === 0 ? path : `${path}?${kept}`;
  const location = new URL('/sign-in/', origin);
  if (next !== '/') location.searchParams.set('next', next);
  return new Response(null, { status: 303, headers: { location: location.href, 'cache-control': 'no-store' } });
}
