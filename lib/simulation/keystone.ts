import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { fault, type Grant, type Receipt, readGrant } from './keystone-grants';
import { CREDENTIAL, DOMAIN, PEOPLE, PROJECT } from './keystone-people';
import { ok, PREFIXES, type Reply, type ServiceRequest, unauthenticated } from './wire';

/**
 * Keystone: versions, tokens and their validation. The dashboard's account is the user `visio`, password `simulated`, project
 * `admin`, domain Default; or the application credential `simulated` with the secret `simulated`. With the same password,
 * `ops` is an admin too, `reader` and `visio-reader` have only the reader role in that project, and `alice` has no role
 * there. `ops-totp` is an admin who also has to give the one-time code 246810.
 * https://docs.openstack.org/api-ref/identity/v3/
 */

export type Tokens = {
  answer(request: ServiceRequest): Reply;
  /** Names of the roles that come with a token; null if it is not valid. */
  rolesOf(token: string | null, now: number): string[] | null;
  /** Invalidates all tokens issued so far. */
  revokeAll(): void;
};

type Issued = Grant & { issuedAt: number; expiresAt: number };

/** How long a receipt is good for, which is not checked here. */
const RECEIPT_MS = 5 * MINUTE_MS;

export function openTokens(): Tokens {
  const issued = new Map<string, Issued>();
  const receipts = new Map<string, Receipt>();
  const known = (token: string | null, now: number) => {
    const found = issued.get(token ?? '');
    return found && found.expiresAt > now ? found : undefined;
  };

  function tokens(request: ServiceRequest): Reply {
    const { method, headers, body, origin, now, query } = request;
    const withCatalog = !query.has('nocatalog');
    if (method === 'POST') {
      const grant = readGrant(body, receipts.get(headers.get('openstack-auth-receipt') ?? ''));
      if ('status' in grant) return grant.status === 401 ? unauthenticated(origin) : grant;
      if (!('scoped' in grant)) return askForMore(grant, request);
      const token = `gAAAAA-${issued.size + 1}-${now.toString(36)}`;
      const made = { ...grant, issuedAt: now, expiresAt: now + HOUR_MS };
      issued.set(token, made);
      return { status: 201, body: describe(made, withCatalog, request), headers: { 'x-subject-token': token } };
    }
    if (!known(headers.get('x-auth-token'), now)) return unauthenticated(origin);
    const subject = known(headers.get('x-subject-token'), now);
    if (subject && method === 'DELETE') {
      subject.expiresAt = 0;
      return { status: 204, body: '' };
    }
    return subject
      ? ok(describe(subject, withCatalog, request))
      : fault(404, 'Not Found', 'Could not recognize Fernet token');
  }

  function askForMore(receipt: Receipt, { now }: ServiceRequest): Reply {
    const id = `gAAAAA-receipt-${receipts.size + 1}-${now.toString(36)}`;
    receipts.set(id, receipt);
    const { user } = receipt.account;
    const times = { issued_at: micros(now), expires_at: micros(now + RECEIPT_MS) };
    return {
      status: 401,
      body: { receipt: { methods: receipt.methods, user, ...times }, required_auth_methods: [['password', 'totp']] },
      headers: { 'openstack-auth-receipt': id },
    };
  }

  return {
    rolesOf(token, now) {
      const found = known(token, now);
      return found ? (found.scoped ? found.account.roles.map(({ name }) => name) : []) : null;
    },
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
        case '/v3/projects':
        case '/v3/auth/projects':
        case '/v3/domains':
          return listed(request, known(request.headers.get('x-auth-token'), request.now));
        default:
          if (request.path.startsWith('/v3/users/')) return describeUser(request.path.slice('/v3/users/'.length));
          return fault(404, 'Not Found', 'The resource could not be found.');
      }
    },
  };
}

/** Listing all projects and domains takes an admin; an account may always list its own projects. */
function listed({ path, regions, origin }: ServiceRequest, caller: Grant | undefined): Reply {
  if (!caller) return unauthenticated(origin);
  const isAdmin = caller.scoped && caller.account.roles.some(({ name }) => name === 'admin');
  const name = path.endsWith('domains') ? 'domains' : 'projects';
  const isOwn = path === '/v3/auth/projects';
  if (!isOwn && !isAdmin)
    return fault(403, 'Forbidden', `You are not authorized to perform the requested action: identity:list_${name}.`);
  const others = new Map(regions.flatMap(({ cloud }) => cloud.projects).map((project) => [project.id, project]));
  const projects = [...(caller.account.roles.length > 0 ? [PROJECT] : []), ...(isOwn ? [] : others.values())];
  const domains = new Map([DOMAIN, ...[...others.values()].map(({ domain }) => domain)].map((one) => [one.id, one]));
  const rows =
    name === 'domains'
      ? [...domains.values()]
      : projects.map(({ id, name: called, domain }) => ({
          id,
          name: called,
          domain_id: domain.id,
          parent_id: domain.id,
        }));
  return ok({
    [name]: rows.map((row) => ({ ...row, enabled: true, description: '', tags: [], options: {} })),
    links: { next: null, self: `${origin}${PREFIXES.keystone}${path}`, previous: null },
  });
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

const micros = (when: number) => new Date(when).toISOString().replace('Z', '000Z');

function describe(
  { methods, scoped, account, issuedAt, expiresAt }: Issued,
  withCatalog: boolean,
  request: ServiceRequest,
): unknown {
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
function catalogOf({ origin, hides, regions }: ServiceRequest): unknown[] {
  const entry = (type: string, name: string, path: string) => ({
    endpoints: regions.flatMap(({ base, cloud: { region } }, i) =>
      ['public', 'internal', 'admin'].map((kind) => ({
        id: i === 0 ? `${name}-${kind}` : `${name}-${kind}-${region}`,
        interface: kind,
        region_id: region,
        // Keystone is one for all.
        url: `${origin}${type === 'identity' ? '' : base}${path}`,
        region,
      })),
    ),
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
