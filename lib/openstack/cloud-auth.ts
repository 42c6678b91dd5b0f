import { type Config, text, wrong } from './config-values';

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

/**
 * Chooses the login method from a cloud's `auth` keys. Without an `auth_type`, the keys that are set decide.
 *
 * @throws SourceError of kind `config`
 */
export function resolveAuth(auth: Config, authType: string | undefined, defaultDomain = 'default'): CloudAuth {
  const method = authType === undefined ? guessMethod(auth) : METHODS[authType];
  if (method === undefined) {
    throw wrong('auth_type (OS_AUTH_TYPE) must be v3password, v3applicationcredential or v3token.');
  }
  switch (method) {
    case 'password':
      return passwordAuth(auth, defaultDomain);
    case 'application_credential':
      return credentialAuth(auth, defaultDomain);
    case 'token': {
      const token = text(auth.token);
      if (token === undefined) throw wrong('token (OS_TOKEN) is missing.');
      return { method, token, project: named(auth, 'project', defaultDomain) };
    }
  }
}

function guessMethod(auth: Config): CloudAuth['method'] {
  const has = (key: string) => text(auth[key]) !== undefined;
  if (has('application_credential_id') || has('application_credential_name')) return 'application_credential';
  if (has('password')) return 'password';
  if (has('application_credential_secret')) return 'application_credential';
  return has('token') ? 'token' : 'password';
}

function passwordAuth(auth: Config, defaultDomain: string): CloudAuth {
  const user = named(auth, 'user', defaultDomain);
  const password = text(auth.password);
  const project = named(auth, 'project', defaultDomain);
  if (user === null) throw wrong('username (OS_USERNAME) is missing.');
  if (password === undefined) throw wrong('password (OS_PASSWORD) is missing.');
  if (project === null)
    throw wrong('project_name (OS_PROJECT_NAME) is missing: without a project there is no catalog.');
  return { method: 'password', user, password, project };
}

function credentialAuth(auth: Config, defaultDomain: string): CloudAuth {
  const secret = text(auth.application_credential_secret);
  if (secret === undefined) throw wrong('application_credential_secret (OS_APPLICATION_CREDENTIAL_SECRET) is missing.');
  const id = text(auth.application_credential_id);
  if (id !== undefined) return { method: 'application_credential', id, secret };
  const name = text(auth.application_credential_name);
  if (name === undefined) throw wrong('application_credential_id (OS_APPLICATION_CREDENTIAL_ID) is missing.');
  const user = named(auth, 'user', defaultDomain);
  if (user === null)
    throw wrong('An application credential given by name needs username (OS_USERNAME) or user_id (OS_USER_ID).');
  return { method: 'application_credential', name, user, secret };
}

const KEYS = {
  user: { ids: ['user_id'], names: ['username', 'user_name'] },
  project: { ids: ['project_id', 'tenant_id'], names: ['project_name', 'tenant_name'] },
};

/** A user or project, by id or by name and domain. */
function named(auth: Config, what: 'user' | 'project', defaultDomain: string): NamedInDomain | null {
  const first = (keys: string[]) => keys.map((key) => text(auth[key])).find((value) => value !== undefined);
  const id = first(KEYS[what].ids);
  if (id !== undefined) return { id };
  const name = first(KEYS[what].names);
  if (name === undefined) return null;
  const domainId = first([`${what}_domain_id`, 'domain_id']);
  const domainName = first([`${what}_domain_name`, 'domain_name']);
  if (domainId !== undefined) return { name, domain: { id: domainId } };
  return { name, domain: domainName === undefined ? { id: defaultDomain } : { name: domainName } };
}
