import { serveSignIn } from '@/lib/dashboard/http/sign-in';
import { send } from './acting';

/** People who sign in with the form, as a browser does. */

const OWN_PAGE = { origin: 'http://visio.test', host: 'visio.test' };

export const post = (path: string, body: URLSearchParams, headers: Record<string, string> = {}) =>
  new Request(`http://visio.test${path}`, { method: 'POST', headers: { ...OWN_PAGE, ...headers }, body });

const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** The headers of a browser in which somebody has signed in. */
export async function signedIn(user: string, code?: string): Promise<Record<string, string>> {
  const form = new URLSearchParams({ user, password: 'simulated', domain: 'Default', ...(code && { code }) });
  return { ...OWN_PAGE, cookie: cookieOf(await serveSignIn(post('/api/sign-in/', form))) };
}

/** Gives the password again; returns the headers of a browser that then has both cookies. @param query with its question mark */
export async function toAct(headers: Record<string, string>, body: Record<string, string>, query = '') {
  const sent = await send('actingSignIn', { params: {}, query, headers, body });
  return { ...sent, headers: { ...headers, cookie: `${headers.cookie}; ${cookieOf(sent.response)}` } };
}

/** The headers of a browser in which somebody may act with their own token. */
export const signedInToAct = async (user: string): Promise<Record<string, string>> =>
  (await toAct(await signedIn(user), { password: 'simulated' })).headers;
