import { openRandom } from './random';
import { type Ask, ok, PREFIXES, type Reply } from './wire';

/** Keystone: versions, tokens, and whether one is valid. The one account is user visio, password simulated, project admin. */

const HOUR = 3_600_000;
const random = openRandom(20_261_124);
const IDS = {
  user: random.uuid().replaceAll('-', ''),
  project: random.uuid().replaceAll('-', ''),
  role: random.uuid().replaceAll('-', ''),
};

export type Tokens = {
  answer(ask: Ask): Reply;
  isValid(token: string | null, now: number): boolean;
  /** Makes every token so far invalid. */
  revokeAll(): void;
};

export function openTokens(): Tokens {
  const issued = new Map<string, number>();
  let made = 0;
  const isValid = (token: string | null, now: number) => token !== null && (issued.get(token) ?? 0) > now;
  return {
    isValid,
    revokeAll: () => issued.clear(),
    answer(ask) {
      const { method, path, headers, body, origin, now } = ask;
      const version = {
        id: 'v3.14',
        status: 'stable',
        updated: '2020-04-07T00:00:00Z',
        links: [{ rel: 'self', href: `${origin}${PREFIXES.keystone}/v3/` }],
      };
      if (path === '') return { status: 300, body: { versions: { values: [version] } } };
      if (path === '/v3') return ok({ version });
      if (path !== '/v3/auth/tokens') return fault(404, 'Not Found', 'The resource could not be found.');
      if (method === 'POST') {
        const auth = methodsOf(body);
        if (auth === null) return fault(401, 'Unauthorized', 'The request you have made requires authentication.');
        const token = `simulated-${++made}-${now.toString(36)}`;
        issued.set(token, now + HOUR);
        return { status: 201, body: describe(auth, now, now + HOUR, ask), headers: { 'x-subject-token': token } };
      }
      const subject = headers.get('x-subject-token');
      if (!isValid(headers.get('x-auth-token'), now))
        return fault(401, 'Unauthorized', 'The request you have made requires authentication.');
      if (!isValid(subject, now)) return fault(404, 'Not Found', 'Could not find token.');
      return ok(describe(['password'], now, issued.get(subject ?? '') ?? now, ask));
    },
  };
}

/** The methods of an auth body that is right; null for any other. */
function methodsOf(body: string): string[] | null {
  let auth: {
    identity?: {
      methods?: string[];
      password?: { user?: Record<string, unknown> };
      application_credential?: Record<string, unknown>;
    };
    scope?: { project?: { name?: string } };
  };
  try {
    ({ auth } = JSON.parse(body));
  } catch {
    return null;
  }
  const { identity, scope } = auth ?? {};
  const user = identity?.password?.user;
  if (user) {
    return user.name === 'visio' && user.password === 'simulated' && scope?.project?.name === 'admin'
      ? ['password']
      : null;
  }
  const credential = identity?.application_credential;
  return credential?.id === 'simulated' && credential.secret === 'simulated' ? ['application_credential'] : null;
}

function describe(methods: string[], now: number, expiresAt: number, { origin, cloud: { region } }: Ask): unknown {
  const domain = { id: 'default', name: 'Default' };
  const entry = (type: string, name: string, path: string) => ({
    id: `${name}-service`,
    type,
    name,
    endpoints: ['public', 'internal', 'admin'].map((kind) => ({
      id: `${name}-${kind}`,
      interface: kind,
      region_id: region,
      region,
      url: origin + path,
    })),
  });
  return {
    token: {
      methods,
      user: { domain, id: IDS.user, name: 'visio', password_expires_at: null },
      audit_ids: ['simulated'],
      expires_at: new Date(expiresAt).toISOString().replace('Z', '000Z'),
      issued_at: new Date(now).toISOString().replace('Z', '000Z'),
      project: { domain, id: IDS.project, name: 'admin' },
      is_domain: false,
      roles: [{ id: IDS.role, name: 'admin' }],
      catalog: [
        entry('identity', 'keystone', `${PREFIXES.keystone}/v3`),
        entry('compute', 'nova', `${PREFIXES.nova}/v2.1`),
        entry('placement', 'placement', PREFIXES.placement),
        entry('infra-optim', 'watcher', PREFIXES.watcher),
      ],
    },
  };
}

function fault(code: number, title: string, message: string): Reply {
  return { status: code, body: { error: { code, message, title } } };
}

/** What the services say to a token that Keystone does not know. */
export const UNAUTHENTICATED: Reply = fault(401, 'Unauthorized', 'The request you have made requires authentication.');
