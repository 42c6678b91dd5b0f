import { hkdfSync, randomUUID } from 'node:crypto';
import { EncryptJWT } from 'jose';
import { ask, signInForm } from './ask';
import { SECRET } from './product';

/** Sessions as visitors have them, and as someone makes them who knows the secret of a server. */

/** What a browser keeps of a sign-in: `name=value`. */
export async function signIn(port: number, headers: Record<string, string> = {}): Promise<string> {
  const answer = await ask(port, '/api/sign-in/', signInForm({ user: 'visio', password: 'simulated' }, headers));
  const [cookie] = String(answer.headers['set-cookie'] ?? '').split(';');
  if (!cookie) throw new Error(`no cookie: ${answer.status} ${answer.headers.location}`);
  return cookie;
}

export const signOut = (port: number, cookie: string) =>
  ask(port, '/api/sign-out/', { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' } });

/** The status of an answer that needs access. */
export const statusWith = async (port: number, cookie: string): Promise<number> =>
  (await ask(port, '/api/source-status/', { headers: { cookie } })).status;

const AUDIENCE = 'watcher-visio session';

type Forged = {
  name: string;
  /** Keystone's id of the user. */
  userId?: string;
  /** Seconds since the epoch. */
  issuedAt: number;
  expiresAt: number;
  secret?: string;
};

/** A cookie that is sealed as the server seals it. */
export async function forgeCookie({ name, userId = 'nobody', issuedAt, expiresAt, secret = SECRET }: Forged) {
  const value = await new EncryptJWT({ uid: userId })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(AUDIENCE)
    .setSubject(name)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .encrypt(new Uint8Array(hkdfSync('sha256', secret, '', AUDIENCE, 32)));
  return `watcher-visio-session=${value}`;
}
