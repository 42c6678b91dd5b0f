import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { identify } from '@/lib/dashboard/access/gate';
import { askToSignIn } from '@/lib/dashboard/http/refuse-page';
import { pagePolicy } from '@/lib/server/page-policy';

/**
 * In front of pages: who may not look is asked to sign in, and each answer gets a policy with a nonce of its own. Next finds
 * the nonce in the policy of the request and gives it to its scripts; the layout finds it in `x-nonce`, and the name of the
 * visitor in `x-visitor`. Data and files have a policy that never changes (next.config.mjs), and no proxy, which would cost
 * more than their answers; `serve` asks who wants data.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const policy = pagePolicy(nonce, { development: process.env.NODE_ENV === 'development' });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.delete('x-visitor');
  if (!/^\/sign-in\/?$/.test(request.nextUrl.pathname)) {
    const visitor = await identify(request.headers).catch(() => null);
    if (visitor === null) return askToSignIn(new URL(request.url));
    if (visitor.by !== 'nobody asks') headers.set('x-visitor', encodeURIComponent(visitor.name));
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = { matcher: ['/((?!api/|_next/static/|icon\\.svg|favicon\\.ico).*)'] };
