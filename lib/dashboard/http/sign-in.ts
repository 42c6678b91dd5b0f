import 'server-only';
import { writeCookie } from '@/lib/auth/cookies';
import { isSameOrigin } from '@/lib/auth/same-origin';

import type { Refusal, SignInOutcome } from '@/lib/auth/sign-in';
import type { HeaderReader } from '@/lib/auth/visitor';
import { BASE_PATH, withBase } from '@/lib/base-path';
import { readEnv } from '@/lib/env';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { clientOf, isSecureFor, readSessions, theActing, theSessions, theSignIn } from '../access/visitors';
import { actingHandles } from '../acts/permission';
import { describeError, log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';
import { readBody } from './read-body';

/** Bytes; longer forms are not ours. */
const MAX_FORM = 8_192;

/**
 * POST /api/sign-in/: a form with user, password, domain, code and next. Redirects to `next`, or back to the page on failure.
 */
export async function serveSignIn(request: Request): Promise<Response> {
  if (readEnv().AUTH !== 'keystone') return redirect('/');
  const form = await readForm(request);
  const outcome = await theSignIn()(request.headers, form);
  record(outcome, request.headers);
  if (outcome.ok) {
    const { cookie: value, expiresAt } = outcome;
    const cookie = writeCookie('session', { value, expiresAt, secure: isSecureFor(request.headers) });
    return redirect(outcome.next, { 'set-cookie': cookie });
  }
  const query = new URLSearchParams({ problem: outcome.refusal, next: outcome.next });
  if (outcome.wantsCode) query.set('code', '1');
  if (outcome.refusal !== 'throttled') return redirect(`/sign-in/?${query}`);
  query.set('minutes', String(Math.ceil(outcome.retryAfterMs / MINUTE_MS)));
  return slowDown(`/sign-in/?${query}`, outcome.retryAfterMs);
}

/** Programs read the status; browsers, which follow no Location with it, go back to the page by Refresh. */
const slowDown = (page: string, retryAfterMs: number): Response =>
  new Response('Too many attempts.\n', {
    status: 429,
    headers: {
      location: withBase(page),
      refresh: `0; url=${withBase(page)}`,
      'retry-after': String(Math.ceil(retryAfterMs / SECOND_MS)),
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    },
  });

/** POST /api/sign-out/ */
export async function serveSignOut(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return redirect('/');
  for (const session of await readSessions(request.headers)) {
    await theSessions().end(session);
    log().info({ visitor: session.name }, 'signed out');
  }
  for (const handle of actingHandles(request.headers)) theActing().end(handle);
  return redirect('/sign-in/?problem=out', {
    'set-cookie': writeCookie('session', { value: '', expiresAt: 0, secure: isSecureFor(request.headers) }),
    // Not the cookies, which would be those of sibling hosts too; below a path, the storage is that of other programs too.
    'clear-site-data': BASE_PATH === '' ? '"cache", "storage"' : '"cache"',
  });
}

/** Relative, so that the Host header cannot influence it; followed by GET, whatever the method was. */
const redirect = (path: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { location: withBase(path), 'cache-control': 'no-store', ...headers } });

/** Empty if it is no form, too long, or never comes to its end. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams((isForm ? await readBody(request, MAX_FORM) : null) ?? '');
}

/** Without the name as typed, which now and then is a password. */
function record(outcome: SignInOutcome, headers: HeaderReader): void {
  const result: Refusal | 'in' = outcome.ok ? 'in' : outcome.refusal;
  ownMetrics().signIns.inc({ result });
  const client = clientOf(headers);
  if (outcome.ok) log().info({ visitor: outcome.name, client }, 'signed in');
  else if (outcome.error === undefined) log().info({ client, result }, 'sign-in refused');
  else log().warn({ client, ...describeError(outcome.error) }, 'sign-in failed');
}
