import { createHash } from 'node:crypto';
import { bearerOf, openApiTokens } from './api-tokens';
import { openNetworks } from './networks';
import type { SessionCookies } from './session-cookie';
import { openThrottle } from './throttle';
import type { HeaderReader, Visitor } from './visitor';

/** Who may look. */
export type GateSettings = {
  mode: 'none' | 'keystone' | 'proxy';
  /** Names of Keystone roles, one of which somebody must have. */
  roles: string[];
  apiTokens: string[];
  /** Header in which a trusted proxy names who has signed in there. */
  proxyHeader: string;
  trustedProxies: string[];
};

export type Holder = { name: string; domain: string; roles: string[]; ownProject: boolean };

export type GateTools = {
  sessions: SessionCookies;
  /** Whose Keystone token it is; null: nobody's. May throw where Keystone does not say. */
  whose(token: string): Promise<Holder | null>;
  /** The other end of the connection; null where that is not known for sure. */
  peerOf(headers: HeaderReader): string | null;
  /** Where the request comes from, behind trusted proxies; null where that is not known for sure. */
  clientOf(headers: HeaderReader): string | null;
  clock: () => number;
};

/** Who asks; null: somebody who may not look. Throws where a Keystone token can't be judged because Keystone fails. */
export type Gate = (headers: HeaderReader) => Promise<Visitor | null>;

export const SESSION_COOKIE = 'watcher-visio-session';

/** How long what Keystone said of a token holds, good or bad; ms. */
const GOOD_MS = 60_000;
const BAD_MS = 10_000;
const KEPT = 1_000;
/** Unknown tokens that one address may show in five minutes, so that nobody asks Keystone through us without end. */
const MOST_UNKNOWN = 60;

const ANYONE: Visitor = { name: 'anyone', by: 'nobody asks' };

export function openGate(settings: GateSettings, tools: GateTools): Gate {
  if (settings.mode === 'none') return async () => ANYONE;
  const isTrusted = openNetworks(settings.trustedProxies);
  const fits = openApiTokens(settings.apiTokens);
  const whose = keptAnswers(settings, tools);

  async function byToken(token: string, headers: HeaderReader): Promise<Visitor | null> {
    const position = fits(token);
    if (position > 0) return { name: `API token ${position}`, by: 'api token' };
    return settings.mode === 'keystone' ? whose(token, tools.clientOf(headers)) : null;
  }

  return async (headers) => {
    const token = bearerOf(headers);
    if (token !== null) {
      const visitor = await byToken(token, headers);
      // A proxy may pass on the token by which somebody signed in there.
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

/** The session of the request's cookie, if it is one. */
export async function sessionOf(sessions: SessionCookies, headers: HeaderReader) {
  const value = cookieOf(headers.get('cookie'), SESSION_COOKIE);
  return value === null ? null : sessions.open(value);
}

function cookieOf(header: string | null, name: string): string | null {
  const found = header?.split(';').find((part) => part.trim().startsWith(`${name}=`));
  return found ? found.trim().slice(name.length + 1) : null;
}

/** Asks Keystone about a token once a minute, not with every request; a bad one sooner again. */
function keptAnswers({ roles }: GateSettings, { whose, clock }: GateTools) {
  const kept = new Map<string, { visitor: Visitor | null; until: number }>();
  const throttle = openThrottle(clock);

  return async (token: string, client: string | null): Promise<Visitor | null> => {
    const key = createHash('sha256').update(token).digest('base64');
    const known = kept.get(key);
    if (known && known.until > clock()) return known.visitor;
    const limits = [{ key: client ?? 'unknown', most: MOST_UNKNOWN }];
    if (throttle.attempt(limits) > 0) return null;
    let holder: Holder | null;
    try {
      holder = await whose(token);
    } catch (error) {
      throttle.forgive(limits);
      throw error;
    }
    const admitted = holder?.ownProject && hasRole(holder.roles, roles) ? holder : null;
    if (admitted) throttle.forgive(limits);
    const visitor: Visitor | null = admitted && { name: nameOf(admitted), by: 'keystone token' };
    kept.delete(key);
    kept.set(key, { visitor, until: clock() + (visitor ? GOOD_MS : BAD_MS) });
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return visitor;
  };
}

/** Keystone's role names know no difference between upper and lower case. */
export const hasRole = (roles: string[], allowed: string[]): boolean =>
  roles.some((role) => allowed.some((other) => other.toLowerCase() === role.toLowerCase()));

/** The name of the domain is worth saying where it is not the one that everybody has. */
export const nameOf = ({ name, domain }: { name: string; domain: string }): string =>
  domain.toLowerCase() === 'default' ? name : `${name}@${domain}`;
