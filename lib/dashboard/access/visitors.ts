import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { headers as headersOfPage } from 'next/headers';
import { type Acting, openActing } from '@/lib/auth/acting';
import { isSecure } from '@/lib/auth/cookies';
import { type CheckCredentials, openCredentialCheck } from '@/lib/auth/credentials';
import { ANYONE, type Identify, openIdentify, sessionsOf } from '@/lib/auth/identify';
import { clientAddress, openNetworks } from '@/lib/auth/networks';
import { openSessionCookies, type SessionCookies } from '@/lib/auth/session-cookie';

import { openSignIn, type SignIn } from '@/lib/auth/sign-in';
import { openThrottle } from '@/lib/auth/throttle';
import { type HeaderReader, headerReader, type Visitor } from '@/lib/auth/visitor';
import { type Env, readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { defaultRegion, firstRegionOf, type Region } from '../sources/regions';
import { openSources } from '../sources/sources';
import { openKeptSignOuts } from './kept-sign-outs';
import { PEER_HEADER, readPeer } from './peer';
import { openStillAllowed } from './still-allowed';

/**
 * Access control with this cloud's Keystone. Every page and answer is checked twice: where the request arrives (the
 * proxy in front of pages, `serveVisitor`, an early answer), and again where data is taken for it.
 */
type AccessControl = {
  identify: Identify;
  signIn: SignIn;
  acting: Acting;
  sessions: SessionCookies;
  clientOf: (headers: HeaderReader) => string | null;
};

const accessControl = (): AccessControl => processWide('access-control', () => open(readEnv()));

function open(env: Env): AccessControl {
  const clock = Date.now;
  const secret = env.AUTH_SECRET ?? randomBytes(32).toString('base64');
  const sessionMs = env.AUTH_SESSION_HOURS * HOUR_MS;
  const sessions = openSessionCookies(secret, clock, {
    longestMs: sessionMs,
    kept: openKeptSignOuts(env),
  });
  const isTrusted = openNetworks(env.TRUSTED_PROXIES);
  const peerOf = (headers: HeaderReader) => readPeer(headers.get(PEER_HEADER));
  const clientOf = (headers: HeaderReader) => clientAddress(peerOf(headers), headers.get('x-forwarded-for'), isTrusted);
  const keystoneOf = async (region: Region) => (await openSources(region.id)).session;
  const keystone = () => keystoneOf(defaultRegion());
  // Clouds know different people, so each has counts of its own.
  const checks = new Map<string, CheckCredentials>();
  const checkIn = (cloud: string): CheckCredentials => {
    const known = checks.get(cloud);
    if (known) return known;
    const check = openCredentialCheck({
      askKeystone: async (credentials) => (await keystoneOf(firstRegionOf(cloud))).signIn(credentials),
      clientOf,
      throttle: openThrottle(clock),
    });
    checks.set(cloud, check);
    return check;
  };
  const home = () => defaultRegion().cloud;
  return {
    sessions,
    clientOf,
    identify: openIdentify(
      {
        mode: env.AUTH,
        roles: env.AUTH_ROLES,
        apiTokens: env.API_TOKENS,
        proxyHeader: env.AUTH_PROXY_USER_HEADER,
        proxyRolesHeader: env.AUTH_PROXY_ROLES_HEADER ?? null,
        trustedProxies: env.TRUSTED_PROXIES,
      },
      {
        sessions,
        isStillAllowed: openStillAllowed(env),
        isSecure: isSecureFor,
        peerOf,
        clientOf,
        clock,
        holderOf: async (token) => (await keystone()).identify(token),
      },
    ),
    signIn: openSignIn({ sessions, roles: env.AUTH_ROLES, sessionMs, check: checkIn(home()), clock }),
    acting: openActing({ checkIn, home, actMs: env.ACT_MINUTES * MINUTE_MS, clock }),
  };
}

export const theSignIn = (): SignIn => accessControl().signIn;
export const theActing = (): Acting => accessControl().acting;
export const theSessions = (): SessionCookies => accessControl().sessions;
/** The client's address, for the log. */
export const clientOf = (headers: HeaderReader): string | null => accessControl().clientOf(headers);
/** Whether the visitor's connection is secure, up to the proxy in front. */
export const isSecureFor = (headers: HeaderReader): boolean => isSecure(readEnv().AUTH_COOKIE_SECURE, headers);
export const readSessions = (headers: HeaderReader) =>
  sessionsOf({ sessions: theSessions(), isSecure: isSecureFor }, headers);

/** The visitor, or null without access. @throws SourceError if Keystone fails to say whose token it is */
export const identify = (headers: HeaderReader): Promise<Visitor | null> => accessControl().identify(headers);

/** Whether access control is off. */
export const isOpenToAll = (): boolean => readEnv().AUTH === 'none';

/** For answers given before Next: takes a request of `node:http`. */
export async function isAllowed(request: { headers: Record<string, string | string[] | undefined> }): Promise<boolean> {
  try {
    return (await identify(headerReader(request.headers))) !== null;
  } catch {
    return false;
  }
}

const admitted = () => processWide('admitted', () => new AsyncLocalStorage<Visitor>());

const SERVER: Visitor = { name: 'server', by: 'server', userId: null, roles: null };

/** Takes data for this visitor. */
export const asVisitor = <T>(visitor: Visitor, work: () => T): T => admitted().run(visitor, work);
/** Takes data for the server itself, for example for an answer that is kept for later visitors. */
export const asServer = <T>(work: () => T): T => admitted().run(SERVER, work);

/** Data was requested by someone without access. */
export class NotAllowed extends Error {
  constructor() {
    super('Sign in to see this.');
    this.name = 'NotAllowed';
  }
  /** Pages and routes have their own copy of this class and share failures. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'NotAllowed';
  }
}

/** @throws NotAllowed if the current request comes from someone without access */
export async function requireVisitor(): Promise<Visitor> {
  const known = admitted().getStore();
  if (known) return known;
  if (isOpenToAll()) return ANYONE;
  const visitor = await identify(await headersOfRequest());
  if (visitor === null) throw new NotAllowed();
  return visitor;
}

/** Of the page or route that is made. @throws NotAllowed outside a request */
export async function headersOfRequest(): Promise<HeaderReader> {
  try {
    return await headersOfPage();
  } catch {
    // Outside a request there is no visitor.
    throw new NotAllowed();
  }
}
