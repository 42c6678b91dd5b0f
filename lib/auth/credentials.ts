import { createHash } from 'node:crypto';
import { foldName } from './fold-name';
import { networkLimits } from './network-limits';
import type { Limit, Throttle } from './throttle';
import type { HeaderReader } from './visitor';

/** A Keystone user with their roles on the project. `lifetimeMs`: of the token. */
export type Person = { id: string; name: string; domain: string; roles: string[]; lifetimeMs: number };

/** `userId`: Keystone's, for a user who is known already; null to find the user by name and domain. */
export type Credentials = {
  user: string;
  userId: string | null;
  domain: string;
  password: string;
  /** Of the second factor; null if none was given. */
  code: string | null;
};

/** Why credentials are not accepted. `form`: a field is missing or too long. `code`: Keystone wants one too. */
export type CredentialRefusal = 'refused' | 'expired' | 'code' | 'second-factor' | 'throttled' | 'form' | 'unreachable';

export type Checked =
  | { ok: true; person: Person; token: string }
  | { ok: false; refusal: CredentialRefusal; retryAfterMs: number; triesLeft?: number; error?: unknown };

type Tools = {
  askKeystone(
    credentials: Credentials,
  ): Promise<
    { outcome: 'person'; person: Person; token: string } | { outcome: 'refused' | 'expired' | 'code' | 'second-factor' }
  >;
  clientOf(headers: HeaderReader): string | null;
  throttle: Throttle;
};

/** Failed attempts in five minutes: by one user from one network, and by one user from anywhere. */
const MAX_ATTEMPTS = { pair: 5, user: 30 };
const MAX_LENGTH = 255;
const CODE = /^\d{6,10}$/;

export type CheckCredentials = (headers: HeaderReader, credentials: Credentials) => Promise<Checked>;

/** Asks Keystone whether credentials are right, not too often. Sign-ins of every kind share the counts. */
export function openCredentialCheck({ askKeystone, clientOf, throttle }: Tools): CheckCredentials {
  return async (headers, credentials) => {
    const { user, password, domain, code } = credentials;
    const refuse = (
      refusal: CredentialRefusal,
      more: { retryAfterMs?: number; triesLeft?: number; error?: unknown } = {},
    ): Checked => ({
      ok: false,
      refusal,
      retryAfterMs: more.retryAfterMs ?? 0,
      triesLeft: more.triesLeft,
      error: more.error,
    });
    if (user === '' || password === '') return refuse('form');
    if (user.length > MAX_LENGTH || domain.length > MAX_LENGTH) return refuse('form');
    if (code !== null && !CODE.test(code)) return refuse('form');
    const limits = attemptLimits(personKey(user, domain), clientOf(headers) ?? 'unknown');
    const retryAfterMs = throttle.attempt(limits);
    if (retryAfterMs > 0) return refuse('throttled', { retryAfterMs });
    try {
      const answer = await askKeystone(credentials);
      if (answer.outcome !== 'person') return refuse(answer.outcome, { triesLeft: throttle.left(limits) });
      // Only this user's count is cleared: owning one account must not help with guessing others.
      throttle.forgive(limits);
      throttle.clear(limits.slice(0, 1));
      return { ok: true, person: answer.person, token: answer.token };
    } catch (error) {
      throttle.forgive(limits);
      return refuse('unreachable', { error });
    }
  };
}

/** Of one length: folding makes some names eighteen times as long, and thousands are counted at a time. */
const personKey = (user: string, domain: string): string =>
  createHash('sha256')
    .update(`${foldName(user)}\n${foldName(domain)}`)
    .digest('base64');

const attemptLimits = (person: string, address: string): Limit[] => {
  const networks = networkLimits(address);
  return [
    { key: `pair ${person} ${networks[0]?.key}`, max: MAX_ATTEMPTS.pair },
    { key: `user ${person}`, max: MAX_ATTEMPTS.user },
    ...networks,
  ];
};

/** The code as people type it, in two groups as their phone shows it; null for an empty one. */
export const readCode = (text: string | null | undefined): string | null => text?.replace(/\s/g, '') || null;
