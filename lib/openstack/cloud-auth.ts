import { type CloudKeys, missing, nameKey, textOf, wrong } from './config-values';

/** A domain, user or project in Keystone's auth request. */
type Named = { id: string } | { name: string };
type NamedInDomain = { id: string } | { name: string; domain: Named };

export type CloudAuth =
  | { method: 'password'; user: NamedInDomain; password: string; project: NamedInDomain }
  | { method: 'application_credential'; id: string; secret: string }
  | { method: 'application_credential'; name: string; user: NamedInDomain; secret: string }
  | { method: 'token'; token: string; project: NamedInDomain | null };

/** keystoneauth plugins that use one of these methods and need no browser or second step. */
const METHODS: Record<string, CloudAuth['method']> = {
  password: 'password',
  v3password: 'password',
  v3applicationcredential: 'application_credential',
  token: 'token',
  v3token: 'token',
};

/** Why keystoneauth's other plugins can't be used, by the beginning of their names. */
const REFUSED: [RegExp, string][] = [
  [/^v3(?:oidc|saml|adfs|kerberos|fedkerb|websso|oauth|k2k)|^http_basic|^kerberos/, 'signs in at another service'],
  [/^v3(?:totp|multifactor)/, 'needs a second factor'],
  [/^v2/, 'needs version 2 of Keystone’s API, which no longer exists'],
  [/^(?:none|noauth|admin_token|token_endpoint)$/, 'brings no catalog'],
];

/**
 * Chooses the login method from a cloud's keys. Without an `auth_type`, the keys that are set decide.
 *
 * @throws SourceError of kind `config`
 */
export function resolveAuth(keys: CloudKeys): CloudAuth {
  const typeKey = textOf(keys, 'auth_type') === undefined ? 'auth_plugin' : 'auth_type';
  const type = textOf(keys, typeKey);
  const method = type === undefined ? guessMethod(keys) : METHODS[type];
  if (method === undefined) {
    const [, why] = REFUSED.find(([names]) => names.test(type ?? '')) ?? [];
    const must = `${nameKey(keys, typeKey)} must be v3password, v3applicationcredential or v3token`;
    throw wrong(
      why === undefined ? `${must}.` : `${must}: the present one ${why}. An application credential works without.`,
    );
  }
  switch (method) {
    case 'password':
      return passwordAuth(keys);
    case 'application_credential':
      return credentialAuth(keys);
    case 'token': {
      const token = textOf(keys, 'token') ?? textOf(keys, 'auth_token');
      if (token === undefined) throw missing(keys, 'token');
      return { method, token, project: named(keys, 'project') };
    }
  }
}

function guessMethod(keys: CloudKeys): CloudAuth['method'] {
  const has = (key: string) => textOf(keys, key) !== undefined;
  if (has('application_credential_id') || has('application_credential_name')) return 'application_credential';
  if (has('password')) return 'password';
  if (has('application_credential_secret')) return 'application_credential';
  return has('token') || has('auth_token') ? 'token' : 'password';
}

function passwordAuth(keys: CloudKeys): CloudAuth {
  const user = named(keys, 'user');
  const password = textOf(keys, 'password');
  const project = named(keys, 'project');
  if (user === null) throw missing(keys, 'username');
  if (password === undefined) throw missing(keys, 'password');
  if (project === null) throw missing(keys, 'project_name', 'without a project there is no catalog');
  return { method: 'password', user, password, project };
}

function credentialAuth(keys: CloudKeys): CloudAuth {
  const secret = textOf(keys, 'application_credential_secret');
  if (secret === undefined) throw missing(keys, 'application_credential_secret');
  const id = textOf(keys, 'application_credential_id');
  if (id !== undefined) return { method: 'application_credential', id, secret };
  const name = textOf(keys, 'application_credential_name');
  if (name === undefined) throw missing(keys, 'application_credential_id');
  const user = named(keys, 'user');
  if (user === null)
    throw wrong('An application credential given by name needs username (OS_USERNAME) or user_id (OS_USER_ID).');
  return { method: 'application_credential', name, user, secret };
}

const KEYS = {
  user: { ids: ['user_id'], names: ['username', 'user_name'] },
  project: { ids: ['project_id', 'tenant_id'], names: ['project_name', 'tenant_name'] },
};

/** A user or project, by id or by name and domain. */
function named(keys: CloudKeys, what: 'user' | 'project'): NamedInDomain | null {
  const first = (...names: string[]) => names.map((key) => textOf(keys, key)).find((value) => value !== undefined);
  const id = first(...KEYS[what].ids);
  if (id !== undefined) return { id };
  const name = first(...KEYS[what].names);
  if (name === undefined) return null;
  const domainId = first(`${what}_domain_id`, 'domain_id');
  const domainName = first(`${what}_domain_name`, 'domain_name');
  if (domainId !== undefined) return { name, domain: { id: domainId } };
  if (domainName !== undefined) return { name, domain: { name: domainName } };
  const fallbackName = first('default_domain_id', 'default_domain') === undefined && first('default_domain_name');
  if (fallbackName) return { name, domain: { name: fallbackName } };
  return { name, domain: { id: first('default_domain_id', 'default_domain') ?? 'default' } };
}
