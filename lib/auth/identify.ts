import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { bearerOf, openApiTokens } from './api-tokens';
import { openNetworks } from './networks';
import type { SessionCookies } from './session-cookie';
import { openThrottle } from './throttle';
import type { HeaderReader, Visitor } from './visitor';

export type AccessSettings = {
  mode: 'none' | 'keystone' | 'proxy';
  /** Names of Keystone roles, any of which gives access. */
  roles: string[];
  apiTokens: string[];
  /** The header in which a trusted proxy names the person who signed in there. */
  proxyHeader: string;
  trustedProxies: string[];
};

export type Holder = { name: string; domain: string; roles: string[]; ownProject: boolean };

export type AccessTools = {
  sessions: SessionCookies;
  /** The holder of a Keystone token; null if it has none. May throw if Keystone fails. */
  holderOf(token: string): Promise<Holder | null>;
  /** The other end of the connection; null if that is not certain. */
  peerOf(headers: HeaderReader): string | null;
  /** The client's address behind trusted proxies; null if that is not certain. */
  clientOf(headers: HeaderReader): string | null;
  clock: () => number;
};

/**
 * Identifies the visitor; null for someone without access. Throws if a Keystone token can't be checked because Keystone
 * fails.
 */
export type Identify = (headers: HeaderReader) => Promise<Visitor | null>;

export const SESSION_COOKIE = 'watcher-visio-session';

/** How long Keystone's answer about a valid or invalid token holds. */
const VALID_MS = 60_000;
const INVALID_MS = 10_000;
const KEPT_ANSWERS = 1_000;
/**
 * The maximum number of unknown tokens from one address in five minutes, so that nobody can flood Keystone through us.
 */
const MAX_UNKNOWN = 60;

const ANYONE: Visitor = { name: 'anyone', by: 'open access' };

export function openIdentify(settings: AccessSettings, tools: AccessTools): Identify {
  if (settings.mode === 'none') return async () => ANYONE;
  const isTrusted = openNetworks(settings.trustedProxies);
  const positionOf = openApiTokens(settings.apiTokens);
  const byKeystone = openKeystoneTokens(settings, tools);

  async function byToken(token: string, headers: HeaderReader): Promise<Visitor | null> {
    const position = positionOf(token);
    if (position > 0) return { name: `API token ${position}`, by: 'api token' };
    return settings.mode === 'keystone' ? byKeystone(token, tools.clientOf(headers)) : null;
  }

  return async (headers) => {
    const token = bearerOf(headers);
    if (token !== null) {
      const visitor = await byToken(token, headers);
      // In proxy mode, the token may be the one with which the person signed in at the proxy.
      if (visitor !== null || settings.mode === 'keystone') return visitor;
    }
    if (settings.mode === 'proxy') {
      const peer = tools.peerOf(headers);
      const name = headers.get(settings.proxyHeader)?.trim();
      return peer !== null && name && isTrusted(peer) ? { name, by: 'proxy' } : null;
    }
    const session = await sessionOf(tools.sessions, headers);
    return session && { name: session.name, by: 'session' };
  };
}

/** The session in the request's cookie, if it is valid. */
export async function sessionOf(sessions: SessionCookies, headers: HeaderReader) {
  const value = cookieOf(headers.get('cookie'), SESSION_COOKIE);
  return value === null ? null : sessions.open(value);
}

function cookieOf(header: string | null, name: string): string | null {
  const found = header?.split(';').find((part) => part.trim().startsWith(`${name}=`));
  return found ? found.trim().slice(name.length + 1) : null;
}

/** Asks Keystone about a token once a minute, not with every request; about an invalid one more often. */
function openKeystoneTokens({ roles }: AccessSettings, { holderOf, clock }: AccessTools) {
  const answers = new LRUCache<string, { visitor: Visitor | null; until: number }>({ max: KEPT_ANSWERS });
  const throttle = openThrottle(clock);

  return async (token: string, client: string | null): Promise<Visitor | null> => {
    const key = createHash('sha256').update(token).digest('base64');
    const known = answers.get(key);
    if (known && known.until > clock()) return known.visitor;
    const limits = [{ key: client ?? 'unknown', max: MAX_UNKNOWN }];
    if (throttle.attempt(limits) > 0) return null;
    let holder: Holder | null;
    try {
      holder = await holderOf(token);
    } catch (error) {
      throttle.forgive(limits);
      throw error;
    }
    const admitted = holder?.ownProject && hasRole(holder.roles, roles) ? holder : null;
    if (admitted) throttle.forgive(limits);
    const visitor: Visitor | null = admitted && { name: nameOf(admitted), by: 'keystone token' };
    answers.set(key, { visitor, until: clock() + (visitor ? VALID_MS : INVALID_MS) });
    return visitor;
  };
}

/** Keystone compares role names without regard to case. */
export const hasRole = (roles: string[], allowed: string[]): boolean =>
  roles.some((role) => allowed.some((other) => other.toLowerCase() === role.toLowerCase()));

/** The name, with its domain unless that is the default one. */
export const nameOf = ({ name, domain }: { name: string; domain: string }): string =>
  domain.toLowerCase() === 'default' ? name : `${name}@${domain}`;
