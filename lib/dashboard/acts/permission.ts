import 'server-only';
import type { ActingToken } from '@/lib/auth/acting';
import { readCookies } from '@/lib/auth/cookies';
import { hasRole } from '@/lib/auth/identify';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { Permission, Refusal } from '@/lib/contract/v1/acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { readEnv } from '@/lib/env';
import { rolesOf } from '../access/roles';
import { headersOfRequest, isSecureFor, requireVisitor, theActing } from '../access/visitors';
import { theStore } from '../sources/store';

/** Whether a visitor may act, and why not. */

const NO_STORE = 'Acting is off: it needs a journal, and neither DATA_DIR nor DATABASE_URL is set.';
const OFF = 'Acting is switched off here (ACTIONS=off).';

export async function permissionOf(visitor: Visitor, headers: HeaderReader): Promise<Permission> {
  const { ACTIONS: mode, ACT_ROLES: needs } = readEnv();
  const base = { mode, name: visitor.name, needs, signed_in_until: null, sign_in: 'none' as const };
  const no = (code: NonNullable<Permission['code']>, reason: string, roles: string[] | null): Permission => ({
    ...base,
    may_act: false,
    code,
    reason,
    roles,
  });
  if (mode === 'off') return no('acting-off', OFF, visitor.roles);
  if (theStore() === null) return no('acting-off', NO_STORE, visitor.roles);
  if (visitor.by === 'api token')
    return no('may-look', 'Tokens of API_TOKENS may only look; send a Keystone token to act.', null);
  // Only the demo, on loopback, lets people act who did not sign in.
  if (visitor.by === 'open access') return { ...base, may_act: true, code: null, reason: null, roles: null };
  const roles = await rolesOf(visitor);
  const held = mode === 'person' ? heldBy(visitor, headers) : null;
  const isKnown = held === null ? roles : held.person.roles;
  // A person's own token shows in the end what Watcher allows; the account of this server would allow anything.
  const isAllowed = isKnown === null ? mode === 'person' : hasRole(isKnown, needs);
  if (!isAllowed) return no('may-look', whyNot(isKnown, needs), isKnown);
  const signIn = mode === 'service' || visitor.by === 'keystone token' ? 'none' : howToSignIn(visitor);
  return {
    ...base,
    may_act: true,
    code: null,
    reason: null,
    roles: isKnown,
    sign_in: signIn,
    signed_in_until: held?.actsUntil ?? null,
  };
}

/** Whether whoever asks for a page may act, once signed in for it. @throws NotAllowed */
export const readMayAct = async (): Promise<boolean> =>
  (await permissionOf(await requireVisitor(), await headersOfRequest())).may_act;

const howToSignIn = ({ userId }: Visitor) => (userId === null ? 'user-and-password' : 'password');

function whyNot(roles: string[] | null, needs: string[]): string {
  const needed = `You may look, not act: acting needs the role ${needs.join(' or ')}`;
  if (roles === null) return `${needed}, and Keystone does not say which roles you have.`;
  return roles.length === 0 ? `${needed}; you have none here.` : `${needed}; yours are ${roles.join(' and ')}.`;
}

/** Why nothing may be done by this visitor; empty if it may. */
export const refusePerson = ({ code, reason }: Permission): Refusal[] =>
  code && reason ? [refusal(code, reason)] : [];

export const actingHandles = (headers: HeaderReader): string[] =>
  readCookies('acting', headers, isSecureFor(headers)).filter(Boolean);

/** The token that a visitor holds for acts, and its handle; null if the password is needed. */
export function findHeld(
  visitor: Visitor,
  headers: HeaderReader,
  run?: string,
): { handle: string; held: ActingToken } | null {
  for (const handle of actingHandles(headers)) {
    const held = theActing().tokenFor(handle, visitor, run);
    if (held) return { handle, held };
  }
  return null;
}

const heldBy = (visitor: Visitor, headers: HeaderReader): ActingToken | null =>
  findHeld(visitor, headers)?.held ?? null;
