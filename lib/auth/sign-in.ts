import { foldName } from './fold-name';
import { hasRole, nameOf } from './identify';
import { clientNetwork } from './networks';
import { isSameOrigin, localPath } from './same-origin';
import type { SessionCookies } from './session-cookie';
import { type Limit, openThrottle } from './throttle';
import type { HeaderReader } from './visitor';

/** Why a sign-in failed. `form`: it was not sent from our own page, or lacks a field. `code`: Keystone wants one too. */
export type Refusal = 'refused' | 'expired' | 'role' | 'code' | 'second-factor' | 'throttled' | 'form' | 'unreachable';

export type SignInOutcome =
  | { ok: true; name: string; cookie: string; expiresAt: number; next: string }
  | { ok: false; refusal: Refusal; next: string; retryAfterMs: number; wantsCode: boolean; error?: unknown };

type Person = { id: string; name: string; domain: string; roles: string[]; lifetimeMs: number };

export type SignInTools = {
  sessions: SessionCookies;
  roles: string[];
  /** The longest a session lasts; the lifetime of Keystone's token limits it too. */
  sessionMs: number;
  askKeystone(credentials: {
    user: string;
    password: string;
    domain: string;
    /** Of the second factor; null if none was given. */
    code: string | null;
  }): Promise<{ outcome: 'person'; person: Person } | { outcome: 'refused' | 'expired' | 'code' | 'second-factor' }>;
  clientOf(headers: HeaderReader): string | null;
  clock: () => number;
};

/**
 * Failed attempts in five minutes: by one user from one network, by one user from anywhere, from one network. A network is
 * what one client has at its disposal.
 */
const MAX_ATTEMPTS = { pair: 5, user: 30, network: 60 };
const MAX_LENGTH = 255;
const CODE = /^\d{6,10}$/;

export type SignIn = (headers: HeaderReader, form: URLSearchParams) => Promise<SignInOutcome>;

/** Signs people in with their own Keystone user. Keeps neither password nor token. */
export function openSignIn(tools: SignInTools): SignIn {
  const throttle = openThrottle(tools.clock);

  return async (headers, form) => {
    const next = localPath(form.get('next'));
    const user = (form.get('user') ?? '').trim();
    const password = form.get('password') ?? '';
    const domain = (form.get('domain') ?? '').trim() || 'Default';
    // People type it as their phone shows it, in two groups.
    const code = (form.get('code') ?? '').replace(/\s/g, '');
    const refuse = (refusal: Refusal, more: { retryAfterMs?: number; error?: unknown } = {}): SignInOutcome => ({
      ok: false,
      refusal,
      next,
      wantsCode: refusal === 'code' || code !== '',
      retryAfterMs: more.retryAfterMs ?? 0,
      error: more.error,
    });
    if (!isSameOrigin(headers)) return refuse('form');
    if (user === '' || password === '') return refuse('form');
    if (user.length > MAX_LENGTH || domain.length > MAX_LENGTH) return refuse('form');
    if (code !== '' && !CODE.test(code)) return refuse('form');

    const limits = attemptLimits(`${foldName(user)}\n${foldName(domain)}`, tools.clientOf(headers) ?? 'unknown');
    const retryAfterMs = throttle.attempt(limits);
    if (retryAfterMs > 0) return refuse('throttled', { retryAfterMs });
    try {
      const answer = await tools.askKeystone({ user, password, domain, code: code === '' ? null : code });
      if (answer.outcome !== 'person') return refuse(answer.outcome);
      // Only this user's count is cleared: owning one account must not help with guessing others.
      throttle.forgive(limits);
      throttle.clear(limits.slice(0, 1));
      const { person } = answer;
      if (!hasRole(person.roles, tools.roles)) return refuse('role');
      const expiresAt = tools.clock() + Math.min(tools.sessionMs, person.lifetimeMs);
      const name = nameOf(person);
      return {
        ok: true,
        name,
        cookie: await tools.sessions.seal({ name, userId: person.id }, expiresAt),
        expiresAt,
        next,
      };
    } catch (error) {
      throttle.forgive(limits);
      return refuse('unreachable', { error });
    }
  };
}

const attemptLimits = (person: string, address: string): Limit[] => {
  const network = clientNetwork(address);
  return [
    { key: `pair ${person} ${network}`, max: MAX_ATTEMPTS.pair },
    { key: `user ${person}`, max: MAX_ATTEMPTS.user },
    { key: `network ${network}`, max: MAX_ATTEMPTS.network },
  ];
};
