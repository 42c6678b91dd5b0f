import { z } from 'zod';
import { SourceError } from '../errors';
import { faultOf, reasonOf } from '../faults';
import type { Http, HttpResponse } from '../http';
import { ifReadable, rowsOf } from '../lenient';
import { type Loss, parseJson } from '../shape';
import type { CloudAuth } from './cloud-auth';
import type { CloudSettings } from './clouds';
import { time } from './wire';

/** https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management */
const tokenSchema = z.object({
  token: z.object({
    issued_at: time(),
    expires_at: time(),
    project: ifReadable(z.object({ id: z.string(), name: ifReadable(z.string()) })),
    user: ifReadable(z.object({ name: ifReadable(z.string()) })),
    roles: ifReadable(rowsOf(z.object({ name: z.string() }))),
    catalog: ifReadable(
      rowsOf(
        z.object({
          type: z.string(),
          name: ifReadable(z.string()),
          endpoints: rowsOf(
            z.object({
              interface: z.string(),
              url: z.string(),
              region_id: ifReadable(z.string()),
              region: ifReadable(z.string()),
            }),
          ),
        }),
      ),
    ),
  }),
});

export type Catalog = NonNullable<z.output<typeof tokenSchema>['token']['catalog']>;
export type Token = {
  id: string;
  lifetimeMs: number;
  catalog: Catalog;
  /** null if the token is not for a project. */
  projectId: string | null;
  account: Account;
};
/** The account a token was issued to, for people. */
export type Account = {
  user: string | null;
  project: string | null;
  roles: string[];
  lifetimeMs: number;
  /** What of the token and its catalog could not be read. */
  losses: Loss[];
};

/**
 * Requests a token.
 *
 * @throws SourceError `unauthorized` if Keystone rejects the credentials (with 404 for an unknown application credential),
 *
 * `missing` if the token has no catalog because it has no project
 */
export async function issueToken(http: Http, { authUrl, auth }: CloudSettings): Promise<Token> {
  const response = await http.send({
    url: `${authUrl}/auth/tokens`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: authBody(auth) }),
    // A second token does no harm.
    idempotent: true,
  });
  const { status } = response;
  if (status < 200 || status > 299) throw tokenRefusal(response, auth);
  const id = response.headers.get('x-subject-token');
  if (!id) throw new SourceError('keystone', 'shape', 'Keystone returned no token.', { status });
  const losses: Loss[] = [];
  const onLoss = (loss: Loss) => losses.push(loss);
  const { token } = parseJson(response, tokenSchema, { source: 'keystone', what: 'auth/tokens', onLoss });
  if (!token.catalog?.length) {
    throw new SourceError(
      'keystone',
      'missing',
      'The token has no catalog: the account has no role on the project, or no project is set.',
    );
  }
  const lifetimeMs = token.expires_at - token.issued_at;
  return {
    id,
    lifetimeMs,
    catalog: token.catalog,
    projectId: token.project?.id ?? null,
    account: {
      user: token.user?.name ?? null,
      project: token.project?.name ?? null,
      roles: (token.roles ?? []).map(({ name }) => name),
      lifetimeMs,
      losses,
    },
  };
}

/** Why Keystone issues no token, in its own words where it has some. */
function tokenRefusal(response: HttpResponse, auth: CloudAuth): SourceError {
  const { status } = response;
  const rejected = (reason: string) => new SourceError('keystone', 'unauthorized', `Keystone ${reason}.`, { status });
  // https://docs.openstack.org/keystone/latest/admin/auth-totp.html
  if (response.headers.has('openstack-auth-receipt'))
    return rejected(`wants a second factor${secondFactors(response.text)}: use an application credential`);
  const fault = faultOf(response, secretsOf(auth));
  const isUnknown = status === 404 && auth.method === 'application_credential';
  if (status === 401 || isUnknown) return rejected(`rejected the credentials${fault ? `: ${fault}` : ''}`);
  const reason = reasonOf(response) ?? (fault ? `: ${fault}` : '');
  return new SourceError('keystone', 'http', `Keystone returned ${status} for a token request${reason}.`, { status });
}

const receiptSchema = z.object({
  receipt: z.object({ methods: z.array(z.string()) }),
  required_auth_methods: z.array(z.array(z.string())),
});

/** What each rule wants beyond the password, such as " (totp)". */
function secondFactors(text: string): string {
  const { data } = receiptSchema.safeParse(parseOrNull(text));
  const wanted = (data?.required_auth_methods ?? []).map((methods) =>
    methods.filter((method) => /^\w+$/.test(method) && !data?.receipt.methods.includes(method)).join(' and '),
  );
  const known = [...new Set(wanted)].filter(Boolean);
  return known.length === 0 ? '' : ` (${known.join(' or ')})`;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function secretsOf(auth: CloudAuth): string[] {
  switch (auth.method) {
    case 'password':
      return [auth.password];
    case 'application_credential':
      return [auth.secret];
    case 'token':
      return [auth.token];
  }
}

/**
 * Whether Keystone still accepts a token. A 403 means that a policy forbids the check, which requires a valid token.
 *
 * @throws SourceError if Keystone can't say
 */
export async function isTokenValid(
  http: Http,
  { authUrl }: CloudSettings,
  { id, timeoutMs }: { id: string; timeoutMs: number },
): Promise<boolean> {
  const { status } = await http.send({
    url: `${authUrl}/auth/tokens?nocatalog=1`,
    headers: { 'x-auth-token': id, 'x-subject-token': id },
    timeoutMs,
  });
  if (status === 401 || status === 404) return false;
  if (status < 400 || status === 403) return true;
  throw new SourceError('keystone', 'http', `Keystone returned ${status} for a token check.`, { status });
}

/** Application credentials come with their project, and Keystone rejects a scope for them; all other methods need one. */
function authBody(auth: CloudAuth): unknown {
  switch (auth.method) {
    case 'password':
      return {
        identity: { methods: ['password'], password: { user: { ...auth.user, password: auth.password } } },
        scope: { project: auth.project },
      };
    case 'application_credential':
      return {
        identity: {
          methods: ['application_credential'],
          application_credential:
            'id' in auth
              ? { id: auth.id, secret: auth.secret }
              : { name: auth.name, user: auth.user, secret: auth.secret },
        },
      };
    case 'token':
      return {
        identity: { methods: ['token'], token: { id: auth.token } },
        ...(auth.project === null ? {} : { scope: { project: auth.project } }),
      };
  }
}
