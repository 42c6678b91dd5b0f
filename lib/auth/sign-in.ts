import { type CheckCredentials, type CredentialRefusal, readCode } from './credentials';
import { hasRole, nameOf } from './identify';
import { isSameOrigin, localPath } from './same-origin';
import type { SessionCookies } from './session-cookie';
import type { HeaderReader } from './visitor';

/** Why a sign-in failed. `form`: it was not sent from our own page, or lacks a field. */
export type Refusal = CredentialRefusal | 'role';

export type SignInOutcome =
  | { ok: true; name: string; cookie: string; expiresAt: number; next: string }
  | { ok: false; refusal: Refusal; next: string; retryAfterMs: number; wantsCode: boolean; error?: unknown };

export type SignInTools = {
  sessions: SessionCookies;
  roles: string[];
  /** The longest a session lasts; the lifetime of Keystone's token limits it too. */
  sessionMs: number;
  check: CheckCredentials;
  clock: () => number;
};

export type SignIn = (headers: HeaderReader, form: URLSearchParams) => Promise<SignInOutcome>;

/** Signs people in with their own Keystone user. Keeps neither password nor token. */
export function openSignIn({ sessions, roles, sessionMs, check, clock }: SignInTools): SignIn {
  return async (headers, form) => {
    const next = localPath(form.get('next'));
    const code = readCode(form.get('code'));
    const refuse = (refusal: Refusal, more: { retryAfterMs?: number; error?: unknown } = {}): SignInOutcome => ({
      ok: false,
      refusal,
      next,
      wantsCode: refusal === 'code' || code !== null,
      retryAfterMs: more.retryAfterMs ?? 0,
      error: more.error,
    });
    if (!isSameOrigin(headers)) return refuse('form');
    const checked = await check(headers, {
      user: (form.get('user') ?? '').trim(),
      userId: null,
      domain: (form.get('domain') ?? '').trim() || 'Default',
      password: form.get('password') ?? '',
      code,
    });
    if (!checked.ok) return refuse(checked.refusal, checked);
    const { person } = checked;
    if (!hasRole(person.roles, roles)) return refuse('role');
    const expiresAt = clock() + Math.min(sessionMs, person.lifetimeMs);
    const name = nameOf(person);
    const cookie = await sessions.seal({ name, userId: person.id }, expiresAt);
    return { ok: true, name, cookie, expiresAt, next };
  };
}
