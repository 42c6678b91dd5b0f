import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { headers as headersOfPage } from 'next/headers';
import { type Gate, openGate, sessionOf } from '@/lib/auth/gate';
import { clientAddress, openNetworks } from '@/lib/auth/networks';
import { openSessionCookies, type SessionCookies } from '@/lib/auth/session-cookie';
import { openSignIn, type SignIn } from '@/lib/auth/sign-in';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import { type Env, readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { openSources } from '../sources/sources';
import { PEER_HEADER, readPeer } from './peer';
import { openSharedEnds } from './shared-ends';

/**
 * Who may look, joined with this cloud's Keystone. Asked twice for every page and answer: where a request comes in (the
 * proxy in front of pages, `serve` for data, an early answer before Next), and again where data is taken for it.
 */
type Doors = {
  gate: Gate;
  signIn: SignIn;
  sessions: SessionCookies;
  clientOf: (headers: HeaderReader) => string | null;
};

const doors = (): Doors => processWide('doors', () => open(readEnv()));

function open(env: Env): Doors {
  const clock = Date.now;
  const secret = env.AUTH_SECRET ?? randomBytes(32).toString('base64');
  const sessions = openSessionCookies(secret, clock, openSharedEnds(env.CACHE_URL));
  const isTrusted = openNetworks(env.TRUSTED_PROXIES);
  const peerOf = (headers: HeaderReader) => readPeer(headers.get(PEER_HEADER));
  const clientOf = (headers: HeaderReader) => clientAddress(peerOf(headers), headers.get('x-forwarded-for'), isTrusted);
  return {
    sessions,
    clientOf,
    gate: openGate(
      {
        mode: env.AUTH,
        roles: env.AUTH_ROLES,
        apiTokens: env.API_TOKENS,
        proxyHeader: env.AUTH_PROXY_HEADER,
        trustedProxies: env.TRUSTED_PROXIES,
      },
      { sessions, peerOf, clientOf, clock, whose: async (token) => (await openSources()).session.identify(token) },
    ),
    signIn: openSignIn({
      sessions,
      roles: env.AUTH_ROLES,
      sessionMs: env.AUTH_SESSION_HOURS * 3_600_000,
      askKeystone: async (credentials) => (await openSources()).session.signIn(credentials),
      clientOf,
      clock,
    }),
  };
}

export const theSignIn = (): SignIn => doors().signIn;
export const theSessions = (): SessionCookies => doors().sessions;
/** Where a request comes from, for the log. */
export const clientOf = (headers: HeaderReader): string | null => doors().clientOf(headers);
export const readSession = (headers: HeaderReader) => sessionOf(theSessions(), headers);

/** Who asks; null: somebody who may not look. @throws SourceError where Keystone does not say whose token it is */
export const identify = (headers: HeaderReader): Promise<Visitor | null> => doors().gate(headers);

/** Nobody has to be asked who it is. */
export const isOpenToAll = (): boolean => processWide('open-to-all', () => ({ is: readEnv().AUTH === 'none' })).is;

/** For plain server code that answers before Next: `request` as node:http has it. */
export async function isAllowed(request: { headers: Record<string, string | string[] | undefined> }): Promise<boolean> {
  const get = (name: string) => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  };
  try {
    return (await identify({ get })) !== null;
  } catch {
    return false;
  }
}

const admitted = () => processWide('admitted', () => new AsyncLocalStorage<Visitor>());

/** Takes data for this visitor. */
export const asVisitor = <T>(visitor: Visitor, work: () => T): T => admitted().run(visitor, work);
/** Takes data for the server's own ends, such as an answer that is kept for whoever may see it later. */
export const asServer = <T>(work: () => T): T => admitted().run({ name: 'server', by: 'server' }, work);

/** Nobody that may see data stands behind the request under way. */
export class NotAllowed extends Error {
  constructor() {
    super('Sign in to see this.');
    this.name = 'NotAllowed';
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'NotAllowed';
  }
}

/** @throws NotAllowed where the request under way is nobody's who may see data */
export async function requireVisitor(): Promise<Visitor> {
  const known = admitted().getStore();
  if (known) return known;
  if (readEnv().AUTH === 'none') return { name: 'anyone', by: 'nobody asks' };
  const visitor = await identify(await headersUnderWay());
  if (visitor === null) throw new NotAllowed();
  return visitor;
}

async function headersUnderWay(): Promise<HeaderReader> {
  try {
    return await headersOfPage();
  } catch {
    // Outside of any request there is nobody.
    throw new NotAllowed();
  }
}
