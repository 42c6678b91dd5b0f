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
import type { RegionId } from '../process/region';
import { listRegions, regionOf, signsPeopleIn } from '../sources/regions';
import { theStore } from '../sources/store';

/** Whether a visitor may act, and why not. */

const NO_STORE = 'Acting is off: it needs a journal, and neither DATA_DIR nor DATABASE_URL is set.';
const OFF = 'Acting is switched off here (ACTIONS=off).';

/** @param region where to act: the cloud of another region than the default may know other people */
export async function permissionOf(visitor: Visitor, headers: HeaderReader, region: RegionId): Promise<Permission> {
  const { ACTIONS: mode, ACT_ROLES: needs } = readEnv();
  const { cloud } = regionOf(region);
  const isHome = signsPeopleIn(region);
  const base = {
    mode,
    name: visitor.name,
    needs,
    signed_in_until: null,
    sign_in: 'none' as const,
    sign_in_cloud: isHome ? null : cloud,
  };
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
  const held = mode === 'person' || !isHome ? (findHeld(visitor, headers, { cloud })?.held ?? null) : null;
  const isKnown = held?.person.roles ?? (isHome ? await rolesOf(visitor) : null);
  // A person's own token shows in the end what Watcher allows; the account of this server would allow anything. In
  // another cloud it is the sign-in that shows who may act.
  const isAllowed = isKnown === null ? mode === 'person' || !isHome : hasRole(isKnown, needs);
  if (!isAllowed) return no('may-look', whyNot(isKnown, needs), isKnown);
  const signIn = signsInHere(mode, visitor, isHome) ? howToSignIn(visitor, isHome) : 'none';
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
export const readMayAct = async (region: RegionId): Promise<boolean> =>
  (await permissionOf(await requireVisitor(), await headersOfRequest(), region)).may_act;

const signsInHere = (mode: Permission['mode'], { by }: Visitor, isHome: boolean) =>
  !isHome || (mode === 'person' && by !== 'keystone token');

const howToSignIn = ({ userId }: Visitor, isHome: boolean) =>
  userId === null || !isHome ? 'user-and-password' : 'password';

function whyNot(roles: string[] | null, needs: string[]): string {
  const needed = `You may look, not act: acting needs the role ${needs.join(' or ')}`;
  if (roles === null) return `${needed}, and Keystone does not say which roles you have.`;
  return roles.length === 0 ? `${needed}; you have none here.` : `${needed}; yours are ${roles.join(' and ')}.`;
}

/** Why nothing may be done by this visitor; empty if it may. */
export const refusePerson = ({ code, reason }: Permission): Refusal[] =>
  code && reason ? [refusal(code, reason)] : [];

/** One cookie has the handles of all clouds that somebody has signed in to. */
const BETWEEN_HANDLES = '.';

export const actingHandles = (headers: HeaderReader): string[] =>
  readCookies('acting', headers, isSecureFor(headers)).flatMap((value) => value.split(BETWEEN_HANDLES));

/** The value of the cookie after another sign-in. @param cloud of the new handle, which replaces an earlier one */
export function addHandle(
  visitor: Visitor,
  headers: HeaderReader,
  { handle, cloud }: { handle: string; cloud: string },
) {
  const others = new Set(listRegions().map((region) => region.cloud));
  others.delete(cloud);
  const kept = [...others].flatMap((other) => findHeld(visitor, headers, { cloud: other }) ?? []);
  return {
    value: [...kept.map((one) => one.handle), handle].join(BETWEEN_HANDLES),
    expiresAt: Math.max(0, ...kept.map(({ held }) => held.expiresAt)),
  };
}

/** The token that a visitor holds for acts, and its handle; null if the password is needed. */
export function findHeld(
  visitor: Visitor,
  headers: HeaderReader,
  wanted: { cloud: string; run?: string },
): { handle: string; held: ActingToken } | null {
  for (const handle of actingHandles(headers)) {
    const held = theActing().tokenFor(handle, visitor, wanted);
    if (held) return { handle, held };
  }
  return null;
}
