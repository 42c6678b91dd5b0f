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
  name: string;
  domain: string;
  projectId: string | null;
  /** Role names, as spelled in Keystone. */
  roles: string[];
  /** Lifetime of the token that identified them, by Keystone's clock; ms. */
  lifetimeMs: number;
};

export type Credentials = { user: string; password: string; domain: string };

/** `refused`: wrong name or password, or no role on the project; Keystone does not say which. `expired`: the password. */
export type SignIn = { outcome: 'person'; person: Person } | { outcome: 'refused' | 'expired' | 'second-factor' };

const personSchema = z.object({
  token: z.object({
    issued_at: time(),
    expires_at: time(),
    user: z.object({ name: z.string(), domain: z.object({ name: z.string() }) }),
    project: orNull(z.object({ id: z.string() })),
    roles: orNull(rowsOf(z.object({ name: z.string() }))),
  }),
});

/**
 * Checks a user's credentials for the given project with Keystone. The token it issues is discarded. Never retried: a
 * repeated wrong password may lock an account.
 *
 * @throws SourceError of Keystone if it can't say
 */
export async function checkCredentials(
  http: Http,
  { authUrl }: CloudSettings,
  { user, password, domain, projectId }: Credentials & { projectId: string },
): Promise<SignIn> {
  const response = await http.send({
    url: `${authUrl}/auth/tokens?nocatalog=1`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name: user, domain: { name: domain }, password } } },
        scope: { project: { id: projectId } },
      },
    }),
    idempotent: false,
  });
  if (response.headers.has('openstack-auth-receipt')) return { outcome: 'second-factor' };
  if (response.status === 401)
    return { outcome: /password is expired/i.test(faultOf(response)) ? 'expired' : 'refused' };
  return { outcome: 'person', person: readPerson(response) };
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
    name: token.user.name,
    domain: token.user.domain.name,
    projectId: token.project?.id ?? null,
    roles: (token.roles ?? []).map(({ name }) => name),
    lifetimeMs: token.expires_at - token.issued_at,
  };
}
