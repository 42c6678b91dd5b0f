import { type NextRequest, NextResponse } from 'next/server';
import { identify } from '@/lib/dashboard/access/visitors';
import { askToSignIn } from '@/lib/dashboard/http/refuse-page';
import { refuseRegion, regionOfAddress } from '@/lib/dashboard/http/region-of-request';
import { newNonce, pagePolicy } from '@/lib/server/page-policy';

/**
 * Runs before pages: visitors without access are asked to sign in, and each answer gets a content security policy with
 * its own nonce. Next reads the nonce from the policy in the request and adds it to its scripts; the layout reads it
 * from `x-nonce` and the visitor's name from `x-visitor`. Data and files have a constant policy (next.config.mjs) and
 * skip this proxy, which would cost more than their answers; `serveVisitor` controls access to data.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  if (regionOfAddress(request.nextUrl.search) === null) return refuseRegion();
  const nonce = newNonce();
  const policy = pagePolicy(nonce, { development: process.env.NODE_ENV === 'development' });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.delete('x-visitor');
  if (!/^\/sign-in\/?$/.test(request.nextUrl.pathname)) {
    const visitor = await identify(request.headers).catch(() => null);
    if (visitor === null) return askToSignIn(new URL(request.url));
    if (visitor.by !== 'open access') headers.set('x-visitor', encodeURIComponent(visitor.name));
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = { matcher: ['/((?!api(?:/|$)|_next/static/|icon\\.svg$|favicon\\.ico$).*)'] };
