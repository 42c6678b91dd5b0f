import { z } from 'zod';
import { SourceError } from '../errors';
import type { Http, HttpResponse } from '../http';
import { parseJson } from '../shape';
import type { CloudSettings } from './clouds';
import { time } from './wire';

/** Somebody whom Keystone knows, and what they may do on one project. */
export type Person = {
  name: string;
  domain: string;
  projectId: string | null;
  /** Names, as Keystone writes them. */
  roles: string[];
  /** How long the token that told so was given for, by Keystone's own clock; ms. */
  lifetimeMs: number;
};

export type Credentials = { user: string; password: string; domain: string };

/** `refused`: wrong name or password, or no role on the project; Keystone does not tell which. */
export type SignIn = { outcome: 'person'; person: Person } | { outcome: 'refused' | 'second-factor' };

const personSchema = z.object({
  token: z.object({
    issued_at: time(),
    expires_at: time(),
    user: z.object({ name: z.string(), domain: z.object({ name: z.string() }) }),
    project: z.object({ id: z.string() }).optional(),
    roles: z.array(z.object({ name: z.string() })).default([]),
  }),
});

/**
 * Asks Keystone whether these are somebody's credentials, on the given project. The token it gives is forgotten at once.
 * Asked only once: a repeated wrong password may lock an account.
 *
 * @throws SourceError of Keystone where it gives no answer to that
 */
export async function askWho(
  http: Http,
  { authUrl }: CloudSettings,
  { user, password, domain }: Credentials,
  projectId: string,
): Promise<SignIn> {
  const answer = await http.send({
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
  if (answer.headers.has('openstack-auth-receipt')) return { outcome: 'second-factor' };
  if (answer.status === 401) return { outcome: 'refused' };
  return { outcome: 'person', person: readPerson(answer) };
}

/**
 * Whose token it is; null where it is nobody's. The token asks about itself, which Keystone lets every valid one do.
 *
 * @throws SourceError of Keystone where it gives no answer to that
 */
export async function askWhose(http: Http, { authUrl }: CloudSettings, token: string): Promise<Person | null> {
  const answer = await http.send({
    url: `${authUrl}/auth/tokens?nocatalog=1`,
    headers: { 'x-auth-token': token, 'x-subject-token': token },
  });
  return answer.status === 401 || answer.status === 404 ? null : readPerson(answer);
}

function readPerson(answer: HttpResponse): Person {
  const { status } = answer;
  if (status < 200 || status > 299) {
    throw new SourceError('keystone', 'http', `Keystone answered ${status} when asked who somebody is.`, { status });
  }
  const { token } = parseJson(answer, personSchema, 'keystone', 'auth/tokens');
  return {
    name: token.user.name,
    domain: token.user.domain.name,
    projectId: token.project?.id ?? null,
    roles: token.roles.map(({ name }) => name),
    lifetimeMs: token.expires_at - token.issued_at,
  };
}
