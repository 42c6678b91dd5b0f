import { z } from 'zod';
import { SourceError } from '../errors';
import { faultOf } from '../faults';
import type { Http, HttpResponse } from '../http';
import { orNull, rowsOf } from '../lenient';
import { parseJson } from '../shape';
import type { CloudSettings } from './clouds';
import { time } from './wire';

/** A Keystone user and their roles on one project. */
export type Person = {
  id: string;
  name: string;
  domain: string;
  projectId: string | null;
  /** Role names, as spelled in Keystone. */
  roles: string[];
  /** Lifetime of the token that identified them, by Keystone's clock; ms. */
  lifetimeMs: number;
};

/**
 * `userId`: for a user who is known already; null to find the user by name and domain. `code`: of the second factor (TOTP);
 * null if none was given.
 */
export type Credentials = {
  user: string;
  userId: string | null;
  domain: string;
  password: string;
  code: string | null;
};

/**
 * `refused`: wrong name, password or code, or no role on the project; Keystone does not say which. `expired`: the password.
 * `code`: the password is right, and Keystone wants a code too. `second-factor`: it wants something else.
 */
export type SignIn =
  | { outcome: 'person'; person: Person; token: string }
  | { outcome: 'refused' | 'expired' | 'code' | 'second-factor' };

const personSchema = z.object({
  token: z.object({
    issued_at: time(),
    expires_at: time(),
    user: z.object({ id: z.string(), name: z.string(), domain: z.object({ name: z.string() }) }),
    project: orNull(z.object({ id: z.string() })),
    roles: orNull(rowsOf(z.object({ name: z.string() }))),
  }),
});

/**
 * Checks a user's credentials for the given project with Keystone, which issues a token for them: keep it in memory only, and
 * only as long as it is needed. Never retried: a repeated wrong password may lock an account.
 *
 * @throws SourceError of Keystone if it can't say
 */
export async function checkCredentials(
  http: Http,
  { authUrl }: CloudSettings,
  { user: name, userId, password, domain, code, projectId }: Credentials & { projectId: string },
): Promise<SignIn> {
  const user = userId === null ? { name, domain: { name: domain } } : { id: userId };
  const identity = {
    methods: code === null ? ['password'] : ['password', 'totp'],
    password: { user: { ...user, password } },
    ...(code === null ? {} : { totp: { user: { ...user, passcode: code } } }),
  };
  const response = await http.send({
    url: `${authUrl}/auth/tokens?nocatalog=1`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope: { project: { id: projectId } } } }),
    idempotent: false,
  });
  if (response.headers.has('openstack-auth-receipt'))
    return { outcome: code === null && isCodeEnough(response) ? 'code' : 'second-factor' };
  if (response.status === 401)
    return { outcome: /password is expired/i.test(faultOf(response)) ? 'expired' : 'refused' };
  const person = readPerson(response);
  return { outcome: 'person', person, token: response.headers.get('x-subject-token') ?? '' };
}

/** https://docs.openstack.org/api-ref/identity/v3/#authentication-receipt: sets of methods, any of which is enough. */
const receiptSchema = z.object({ required_auth_methods: orNull(z.array(z.array(z.string()))) });

function isCodeEnough(response: HttpResponse): boolean {
  const receipt = parseJson(response, receiptSchema, { source: 'keystone', what: 'auth/tokens' });
  const given = ['password', 'totp'];
  const ways = receipt.required_auth_methods ?? [];
  return ways.some((methods) => methods.every((method) => given.includes(method)));
}

/**
 * The user a token belongs to; null if it is not valid. The token is used to look itself up, which Keystone allows for any
 * valid token.
 *
 * @throws SourceError of Keystone if it can't say
 */
export async function identifyToken(http: Http, { authUrl }: CloudSettings, token: string): Promise<Person | null> {
  const response = await http.send({
    url: `${authUrl}/auth/tokens?nocatalog=1`,
    headers: { 'x-auth-token': token, 'x-subject-token': token },
  });
  return response.status === 401 || response.status === 404 ? null : readPerson(response);
}

function readPerson(response: HttpResponse): Person {
  const { status } = response;
  if (status < 200 || status > 299) {
    throw new SourceError('keystone', 'http', `Keystone returned ${status} when identifying a user.`, { status });
  }
  const { token } = parseJson(response, personSchema, { source: 'keystone', what: 'auth/tokens' });
  return {
    id: token.user.id,
    name: token.user.name,
    domain: token.user.domain.name,
    projectId: token.project?.id ?? null,
    roles: (token.roles ?? []).map(({ name }) => name),
    lifetimeMs: token.expires_at - token.issued_at,
  };
}
