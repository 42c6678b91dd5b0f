import { isRecord } from '@/lib/is-record';
import { HOUR_MS } from '@/lib/units';
import { openRandom } from './random';
import { type Ask, ok, PREFIXES, type Reply, unauthenticated } from './wire';

/**
 * Keystone: versions, tokens, and whether one is valid. The account of the service is user `visio`, password `simulated`,
 * project `admin`, domain Default; or application credential `simulated` with secret `simulated`. With the same password,
 * `visio-reader` only reads in that project, and `alice` has no role there.
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
/** Who has which roles in the project. */
const PEOPLE: Account[] = [
  OWN,
  { user: { ...USER, id: hex(), name: 'visio-reader' }, roles: ROLES.filter(({ name }) => name === 'reader') },
  { user: { ...USER, id: hex(), name: 'alice' }, roles: [] },
];
const CREDENTIAL = { id: 'simulated', name: 'simulated', restricted: true };
const SECRET = 'simulated';

type Tokens = {
  answer(ask: Ask): Reply;
  isValid(token: string | null, now: number): boolean;
  /** Makes every token so far invalid. */
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

  function tokens(ask: Ask): Reply {
    const { method, headers, body, origin, now, query } = ask;
    const withCatalog = !query.has('nocatalog');
    if (method === 'POST') {
      const grant = readGrant(body);
      if ('status' in grant) return grant.status === 401 ? unauthenticated(origin) : grant;
      const token = `gAAAAA-${issued.size + 1}-${now.toString(36)}`;
      const made = { ...grant, issuedAt: now, expiresAt: now + HOUR_MS };
      issued.set(token, made);
      return { status: 201, body: describe(made, withCatalog, ask), headers: { 'x-subject-token': token } };
    }
    if (!known(headers.get('x-auth-token'), now)) return unauthenticated(origin);
    const subject = known(headers.get('x-subject-token'), now);
    return subject
      ? ok(describe(subject, withCatalog, ask))
      : fault(404, 'Not Found', 'Could not recognize Fernet token');
  }

  return {
    isValid: (token, now) => known(token, now) !== undefined,
    revokeAll() {
      // Their number goes on counting, so that no token is given out twice.
      for (const token of issued.values()) token.expiresAt = 0;
    },
    answer(ask) {
      const version = {
        id: 'v3.14',
        status: 'stable',
        updated: '2020-04-07T00:00:00Z',
        links: [{ rel: 'self', href: `${ask.origin}${PREFIXES.keystone}/v3/` }],
        'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
      };
      switch (ask.path) {
        case '':
          return { status: 300, body: { versions: { values: [version] } } };
        case '/v3':
          return ok({ version });
        case '/v3/auth/tokens':
          return tokens(ask);
        case '/v3/auth/catalog':
          return known(ask.headers.get('x-auth-token'), ask.now)
            ? ok({ catalog: catalogOf(ask), links: { self: `${ask.origin}${PREFIXES.keystone}/v3/auth/catalog` } })
            : unauthenticated(ask.origin);
        default:
          return fault(404, 'Not Found', 'The resource could not be found.');
      }
    },
  };
}

/** The value below, where there is one: `at(body, 'auth', 'identity')`. */
const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

/** What an auth body is worth, or how Keystone refuses it. */
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

/** By id, or by name within a domain that is named too. */
function isNamed(given: unknown, { id, name }: { id: string; name: string }): boolean {
  if (at(given, 'id') !== undefined) return at(given, 'id') === id;
  const isDomain = at(given, 'domain', 'id') === DOMAIN.id || at(given, 'domain', 'name') === DOMAIN.name;
  return at(given, 'name') === name && isDomain;
}

function describe({ methods, scoped, account, issuedAt, expiresAt }: Issued, withCatalog: boolean, ask: Ask): unknown {
  const micros = (when: number) => new Date(when).toISOString().replace('Z', '000Z');
  return {
    token: {
      methods,
      user: account.user,
      audit_ids: ['3K4IRT05TW6Gi3lU-_mDtA'],
      expires_at: micros(expiresAt),
      issued_at: micros(issuedAt),
      ...(scoped ? { project: PROJECT, is_domain: false, roles: account.roles } : {}),
      ...(scoped && withCatalog ? { catalog: catalogOf(ask) } : {}),
      ...(methods.includes('application_credential') ? { application_credential: CREDENTIAL } : {}),
    },
  };
}

/** Addresses as whoever asks can reach them. */
function catalogOf({ origin, hides, cloud: { region } }: Ask): unknown[] {
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
