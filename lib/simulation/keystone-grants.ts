import { isRecord } from '@/lib/is-record';
import { type Account, CREDENTIAL, DOMAIN, OWN, PASSCODE, PEOPLE, PROJECT, SECRET } from './keystone-people';
import type { Reply } from './wire';

/** What an auth request is granted. */
export type Grant = { methods: string[]; scoped: boolean; account: Account };

/** Some of the methods that Keystone demands were proven; the receipt spares doing it again. */
export type Receipt = { methods: string[]; account: Account };

/** A nested value, if present: `at(body, 'auth', 'identity')`. */
const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

export function fault(code: number, title: string, message: string): Reply {
  return { status: code, body: { error: { code, message, title } } };
}

const REFUSED = fault(401, 'Unauthorized', 'The request you have made requires authentication.');

/** The grant, a receipt if a method is missing, or Keystone's refusal. */
export function readGrant(text: string, receipt: Receipt | undefined): Grant | Receipt | Reply {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return fault(400, 'Bad Request', 'Could not parse request body as JSON.');
  }
  const identity = at(body, 'auth', 'identity');
  if (!isRecord(identity)) return fault(400, 'Bad Request', "'identity' is a required property");
  const project = at(body, 'auth', 'scope', 'project');
  return isRecord(identity.password) || isRecord(identity.totp)
    ? byPerson(identity, { project, receipt })
    : byCredential(identity.application_credential, project);
}

type Context = { project: unknown; receipt: Receipt | undefined };

function byPerson(identity: Record<string, unknown>, { project, receipt }: Context): Grant | Receipt | Reply {
  const proofs = [
    { method: 'password', user: at(identity, 'password', 'user'), field: 'password', value: SECRET },
    { method: 'totp', user: at(identity, 'totp', 'user'), field: 'passcode', value: PASSCODE },
  ].filter(({ user }) => user !== undefined);
  const account = PEOPLE.find((other) => proofs.every(({ user }) => isNamed(user, other.user)));
  const areRight = proofs.every(({ user, field, value }) => at(user, field) === value);
  if (!account || !areRight || (receipt && receipt.account !== account)) return REFUSED;
  const methods = [...(receipt?.methods ?? []), ...proofs.map(({ method }) => method)];
  if (!methods.includes('password')) return REFUSED;
  if (account.hasTotp && !methods.includes('totp')) return { methods, account };
  const isScope = project === undefined || (isNamed(project, PROJECT) && account.roles.length !== 0);
  return isScope ? { methods, scoped: project !== undefined, account } : REFUSED;
}

function byCredential(credential: unknown, project: unknown): Grant | Reply {
  if (!isRecord(credential)) return REFUSED;
  if (credential.id !== undefined && credential.id !== CREDENTIAL.id) {
    return fault(404, 'Not Found', `Could not find Application Credential: ${String(credential.id)}.`);
  }
  const isCredential =
    credential.id !== undefined || (credential.name === CREDENTIAL.name && isNamed(credential.user, OWN.user));
  return isCredential && credential.secret === SECRET && project === undefined
    ? { methods: ['application_credential'], scoped: true, account: OWN }
    : REFUSED;
}

/** Matches by id, or by name and domain. */
function isNamed(given: unknown, { id, name }: { id: string; name: string }): boolean {
  if (at(given, 'id') !== undefined) return at(given, 'id') === id;
  const isDomain = at(given, 'domain', 'id') === DOMAIN.id || at(given, 'domain', 'name') === DOMAIN.name;
  return at(given, 'name') === name && isDomain;
}
