import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { pagePolicy } from '@/lib/server/page-policy';

/**
 * In front of pages: a policy with a nonce of its own for each answer. Next finds the nonce in the policy of the request
 * and gives it to its scripts; the layout finds it in `x-nonce`. Data and files have a policy that never changes
 * (next.config.mjs), and no proxy, which would cost more than their answers.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64');
  const policy = pagePolicy(nonce, { development: process.env.NODE_ENV === 'development' });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = { matcher: ['/((?!api/|_next/static/|icon\\.svg).*)'] };
