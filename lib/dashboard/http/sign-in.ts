import 'server-only';
import { SESSION_COOKIE } from '@/lib/auth/gate';
import { isSameOrigin } from '@/lib/auth/same-origin';
import type { Refusal, SignInOutcome } from '@/lib/auth/sign-in';
import type { HeaderReader } from '@/lib/auth/visitor';
import { readEnv } from '@/lib/env';
import { clientOf, readSession, theSessions, theSignIn } from '../access/gate';
import { describeError, log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';

/** Longer forms are none of ours; characters. */
const LONGEST_FORM = 8_192;

/** POST /api/sign-in/: a form with user, password, domain and next. Ends where it was meant to go, or on the page again. */
export async function serveSignIn(request: Request): Promise<Response> {
  if (readEnv().AUTH !== 'keystone') return goTo('/');
  const form = await readForm(request);
  const outcome = await theSignIn()(request.headers, form);
  note(outcome, request.headers);
  if (outcome.ok) return goTo(outcome.next, cookieHeader(outcome.cookie, outcome.expiresAt, request.headers));
  const query = new URLSearchParams({ problem: outcome.refusal, next: outcome.next });
  if (outcome.retryAfterMs > 0) query.set('minutes', String(Math.ceil(outcome.retryAfterMs / 60_000)));
  return goTo(`/sign-in/?${query}`);
}

/** POST /api/sign-out/ */
export async function serveSignOut(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return goTo('/');
  const session = await readSession(request.headers);
  if (session) {
    await theSessions().end(session);
    log().info({ visitor: session.name }, 'signed out');
  }
  return goTo('/sign-in/?problem=out', cookieHeader('', 0, request.headers));
}

/** Relative, so that no Host header has a word in it; by GET, whatever the method was. */
const goTo = (path: string, cookie?: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) },
  });

function cookieHeader(value: string, expiresAt: number, headers: HeaderReader): string {
  const { AUTH_COOKIE_SECURE: wish } = readEnv();
  const isSecure = wish === 'true' || (wish === 'auto' && headers.get('x-forwarded-proto')?.split(',')[0] === 'https');
  const parts = [`${SESSION_COOKIE}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  parts.push(`Expires=${new Date(expiresAt).toUTCString()}`);
  if (isSecure) parts.push('Secure');
  return parts.join('; ');
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  const reader = isForm ? request.body?.getReader() : undefined;
  if (!reader) return new URLSearchParams();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > LONGEST_FORM) {
      await reader.cancel();
      return new URLSearchParams();
    }
    chunks.push(value);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function note(outcome: SignInOutcome, headers: HeaderReader): void {
  const result: Refusal | 'in' = outcome.ok ? 'in' : outcome.refusal;
  ownMetrics().signIns.inc({ result });
  const client = clientOf(headers);
  if (outcome.ok) log().info({ visitor: outcome.name, client }, 'signed in');
  else if (outcome.error === undefined) log().warn({ user: outcome.user, client, result }, 'sign-in refused');
  else log().warn({ user: outcome.user, client, ...describeError(outcome.error) }, 'sign-in not possible');
}
