import 'server-only';
import { SESSION_COOKIE } from '@/lib/auth/identify';
import { isSameOrigin } from '@/lib/auth/same-origin';
import type { Refusal, SignInOutcome } from '@/lib/auth/sign-in';
import type { HeaderReader } from '@/lib/auth/visitor';
import { readEnv } from '@/lib/env';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { clientOf, readSession, theSessions, theSignIn } from '../access/visitors';
import { describeError, log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';

/** Bytes; longer forms are not ours. */
const MAX_FORM = 8_192;

/**
 * POST /api/sign-in/: a form with user, password, domain and next. Redirects to `next`, or back to the page on failure.
 */
export async function serveSignIn(request: Request): Promise<Response> {
  if (readEnv().AUTH !== 'keystone') return redirect('/');
  const form = await readForm(request);
  const outcome = await theSignIn()(request.headers, form);
  record(outcome, request.headers);
  if (outcome.ok) return redirect(outcome.next, cookieHeader(outcome.cookie, outcome.expiresAt, request.headers));
  const query = new URLSearchParams({ problem: outcome.refusal, next: outcome.next });
  if (outcome.refusal !== 'throttled') return redirect(`/sign-in/?${query}`);
  query.set('minutes', String(Math.ceil(outcome.retryAfterMs / MINUTE_MS)));
  return slowDown(`/sign-in/?${query}`, outcome.retryAfterMs);
}

/** Programs read the status; browsers, which follow no Location with it, go back to the page by Refresh. */
const slowDown = (page: string, retryAfterMs: number): Response =>
  new Response('Too many attempts.\n', {
    status: 429,
    headers: {
      location: page,
      refresh: `0; url=${page}`,
      'retry-after': String(Math.ceil(retryAfterMs / SECOND_MS)),
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    },
  });

/** POST /api/sign-out/ */
export async function serveSignOut(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return redirect('/');
  const session = await readSession(request.headers);
  if (session) {
    await theSessions().end(session);
    log().info({ visitor: session.name }, 'signed out');
  }
  return redirect('/sign-in/?problem=out', cookieHeader('', 0, request.headers));
}

/** Relative, so that the Host header cannot influence it; followed by GET, whatever the method was. */
const redirect = (path: string, cookie?: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) },
  });

function cookieHeader(value: string, expiresAt: number, headers: HeaderReader): string {
  const { AUTH_COOKIE_SECURE: secure } = readEnv();
  const isHttps = headers.get('x-forwarded-proto')?.split(',')[0] === 'https';
  const parts = [`${SESSION_COOKIE}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  parts.push(`Expires=${new Date(expiresAt).toUTCString()}`);
  if (secure === 'true' || (secure === 'auto' && isHttps)) parts.push('Secure');
  return parts.join('; ');
}

/** Empty if it is no form, too long, or never comes to its end. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  const reader = isForm ? request.body?.getReader() : undefined;
  if (!reader) return new URLSearchParams();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > MAX_FORM) {
        await reader.cancel();
        return new URLSearchParams();
      }
      chunks.push(value);
    }
  } catch {
    // The client has gone.
    return new URLSearchParams();
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function record(outcome: SignInOutcome, headers: HeaderReader): void {
  const result: Refusal | 'in' = outcome.ok ? 'in' : outcome.refusal;
  ownMetrics().signIns.inc({ result });
  const client = clientOf(headers);
  if (outcome.ok) log().info({ visitor: outcome.name, client }, 'signed in');
  else if (outcome.error === undefined) log().warn({ user: outcome.user, client, result }, 'sign-in refused');
  else log().warn({ user: outcome.user, client, ...describeError(outcome.error) }, 'sign-in failed');
}
