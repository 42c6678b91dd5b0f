import { isRecord } from '@/lib/is-record';
import { HOUR_MS } from '@/lib/units';
import { openRandom } from './random';
import { ok, PREFIXES, type Reply, type ServiceRequest, unauthenticated } from './wire';

/**
 * Keystone: versions, tokens and their validation. The dashboard's account is the user `visio`, password `simulated`, project
 * `admin`, domain Default; or the application credential `simulated` with the secret `simulated`. With the same password,
 * `visio-reader` has only the reader role in that project, and `alice` has no role there.
 * https://docs.openstack.org/api-ref/identity/v3/
 */

const random = openRandom(20_261_124);
const hex = () => random.uuid().replaceAll('-', '');
const DOMAIN = { id: 'default', name: 'Default' };
const USER = { domain: DOMAIN, id: hex(), name: 'visio', password_expires_at: null };
const PROJECT = { domain: DOMAIN, id: hex(), name: 'admin' };
const ROLES = ['admin', 'member', 'reader'].map((name) => ({ id: hex(), name }));
type Account = { user: typeof USER; roles: typeof ROLES };
const OWN: Account = { user: USER, roles: ROLES };
/** All users with their roles in the project. */
const PEOPLE: Account[] = [
  OWN,
  { user: { ...USER, id: hex(), name: 'visio-reader' }, roles: ROLES.filter(({ name }) => name === 'reader') },
  { user: { ...USER, id: hex(), name: 'alice' }, roles: [] },
];
const CREDENTIAL = { id: 'simulated', name: 'simulated', restricted: true };
const SECRET = 'simulated';

type Tokens = {
  answer(request: ServiceRequest): Reply;
  isValid(token: string | null, now: number): boolean;
  /** Invalidates all tokens issued so far. */
  revokeAll(): void;
};

type Grant = { methods: string[]; scoped: boolean; account: Account };
type Issued = Grant & { issuedAt: number; expiresAt: number };

export function openTokens(): Tokens {
  const issued = new Map<string, Issued>();
  const known = (token: string | null, now: number) => {
    const found = issued.get(token ?? '');
    return found && found.expiresAt > now ? found : undefined;
  };

  function tokens(request: ServiceRequest): Reply {
    const { method, headers, body, origin, now, query } = request;
    const withCatalog = !query.has('nocatalog');
    if (method === 'POST') {
      const grant = readGrant(body);
      if ('status' in grant) return grant.status === 401 ? unauthenticated(origin) : grant;
      const token = `gAAAAA-${issued.size + 1}-${now.toString(36)}`;
      const made = { ...grant, issuedAt: now, expiresAt: now + HOUR_MS };
      issued.set(token, made);
      return { status: 201, body: describe(made, withCatalog, request), headers: { 'x-subject-token': token } };
    }
    if (!known(headers.get('x-auth-token'), now)) return unauthenticated(origin);
    const subject = known(headers.get('x-subject-token'), now);
    return subject
      ? ok(describe(subject, withCatalog, request))
      : fault(404, 'Not Found', 'Could not recognize Fernet token');
  }

  return {
    isValid: (token, now) => known(token, now) !== undefined,
    revokeAll() {
      // Entries stay in the map, whose size makes each token unique.
      for (const token of issued.values()) token.expiresAt = 0;
    },
    answer(request) {
      const version = {
        id: 'v3.14',
        status: 'stable',
        updated: '2020-04-07T00:00:00Z',
        links: [{ rel: 'self', href: `${request.origin}${PREFIXES.keystone}/v3/` }],
        'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
      };
      switch (request.path) {
        case '':
          return { status: 300, body: { versions: { values: [version] } } };
        case '/v3':
          return ok({ version });
        case '/v3/auth/tokens':
          return tokens(request);
        case '/v3/auth/catalog':
          return known(request.headers.get('x-auth-token'), request.now)
            ? ok({
                catalog: catalogOf(request),
                links: { self: `${request.origin}${PREFIXES.keystone}/v3/auth/catalog` },
              })
            : unauthenticated(request.origin);
        case '/v3/role_assignments':
          return known(request.headers.get('x-auth-token'), request.now)
            ? ok({ role_assignments: assignmentsOf(request.query.get('user.id')) })
            : unauthenticated(request.origin);
        default:
          if (request.path.startsWith('/v3/users/')) return describeUser(request.path.slice('/v3/users/'.length));
          return fault(404, 'Not Found', 'The resource could not be found.');
      }
    },
  };
}

const accountOf = (id: string | null) => PEOPLE.find(({ user }) => user.id === id);

const assignmentsOf = (id: string | null) =>
  (accountOf(id)?.roles ?? []).map((role) => ({ role, scope: { project: PROJECT }, user: { id } }));

function describeUser(id: string): Reply {
  const account = accountOf(id);
  return account
    ? ok({ user: { ...account.user, domain_id: DOMAIN.id, enabled: true } })
    : fault(404, 'Not Found', `Could not find user: ${id}.`);
}

/** A nested value, if present: `at(body, 'auth', 'identity')`. */
const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

/** What an auth request is granted, or Keystone's refusal. */
function readGrant(text: string): Grant | Reply {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return fault(400, 'Bad Request', 'Could not parse request body as JSON.');
  }
  const identity = at(body, 'auth', 'identity');
  if (!isRecord(identity)) return fault(400, 'Bad Request', "'identity' is a required property");
  const project = at(body, 'auth', 'scope', 'project');
  const refused = fault(401, 'Unauthorized', 'The request you have made requires authentication.');
  if (isRecord(identity.password)) {
    const user = identity.password.user;
    const account = PEOPLE.find((other) => isNamed(user, other.user) && at(user, 'password') === SECRET);
    const isScope = project === undefined || (isNamed(project, PROJECT) && account?.roles.length !== 0);
    return account && isScope ? { methods: ['password'], scoped: project !== undefined, account } : refused;
  }
  const credential = identity.application_credential;
  if (!isRecord(credential)) return refused;
  if (credential.id !== undefined && credential.id !== CREDENTIAL.id) {
    return fault(404, 'Not Found', `Could not find Application Credential: ${String(credential.id)}.`);
  }
  const isCredential =
    credential.id !== undefined || (credential.name === CREDENTIAL.name && isNamed(credential.user, USER));
  return isCredential && credential.secret === SECRET && project === undefined
    ? { methods: ['application_credential'], scoped: true, account: OWN }
    : refused;
}

/** Matches by id, or by name and domain. */
function isNamed(given: unknown, { id, name }: { id: string; name: string }): boolean {
  if (at(given, 'id') !== undefined) return at(given, 'id') === id;
  const isDomain = at(given, 'domain', 'id') === DOMAIN.id || at(given, 'domain', 'name') === DOMAIN.name;
  return at(given, 'name') === name && isDomain;
}

function describe(
  { methods, scoped, account, issuedAt, expiresAt }: Issued,
  withCatalog: boolean,
  request: ServiceRequest,
): unknown {
  const micros = (when: number) => new Date(when).toISOString().replace('Z', '000Z');
  return {
    token: {
      methods,
      user: account.user,
      audit_ids: ['3K4IRT05TW6Gi3lU-_mDtA'],
      expires_at: micros(expiresAt),
      issued_at: micros(issuedAt),
      ...(scoped ? { project: PROJECT, is_domain: false, roles: account.roles } : {}),
      ...(scoped && withCatalog ? { catalog: catalogOf(request) } : {}),
      ...(methods.includes('application_credential') ? { application_credential: CREDENTIAL } : {}),
    },
  };
}

/** The catalog, with addresses that the client can reach. */
function catalogOf({ origin, hides, cloud: { region } }: ServiceRequest): unknown[] {
  const entry = (type: string, name: string, path: string) => ({
    endpoints: ['public', 'internal', 'admin'].map((kind) => ({
      id: `${name}-${kind}`,
      interface: kind,
      region_id: region,
      url: origin + path,
      region,
    })),
    id: `${name}-service`,
    type,
    name,
  });
  return [
    entry('identity', 'keystone', `${PREFIXES.keystone}/v3`),
    ...(hides('nova') ? [] : [entry('compute', 'nova', `${PREFIXES.nova}/v2.1`)]),
    ...(hides('placement') ? [] : [entry('placement', 'placement', PREFIXES.placement)]),
    ...(hides('watcher') ? [] : [entry('infra-optim', 'watcher', PREFIXES.watcher)]),
  ];
}

function fault(code: number, title: string, message: string): Reply {
  return { status: code, body: { error: { code, message, title } } };
}
