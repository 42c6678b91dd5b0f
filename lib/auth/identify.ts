import { bearerOf, openApiTokens } from './api-tokens';
import { readCookies } from './cookies';
import { openNetworks } from './networks';
import type { Session, SessionCookies } from './session-cookie';
import { openTokenHolders } from './token-holders';
import type { HeaderReader, Visitor } from './visitor';

export type AccessSettings = {
  mode: 'none' | 'keystone' | 'proxy';
  /** Names of Keystone roles, any of which gives access. */
  roles: string[];
  apiTokens: string[];
  /** The header in which a trusted proxy names the person who signed in there. */
  proxyHeader: string;
  /** The header in which it lists the person's roles; null if it does not. */
  proxyRolesHeader: string | null;
  trustedProxies: string[];
};

export type Holder = { id: string; name: string; domain: string; roles: string[]; ownProject: boolean };

export type AccessTools = {
  sessions: SessionCookies;
  /** Whether the person of a session may still look. */
  isStillAllowed(session: Session): Promise<boolean>;
  /** Whether the visitor's connection is secure, up to the proxy in front. */
  isSecure(headers: HeaderReader): boolean;
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
 * fails, and TooManyAttempts if too many tokens of this client were refused.
 */
export type Identify = (headers: HeaderReader) => Promise<Visitor | null>;

export const ANYONE: Visitor = { name: 'anyone', by: 'open access', userId: null, roles: null };

export function openIdentify(settings: AccessSettings, tools: AccessTools): Identify {
  if (settings.mode === 'none') return async () => ANYONE;
  const isTrusted = openNetworks(settings.trustedProxies);
  const positionOf = openApiTokens(settings.apiTokens);
  const holderOf = openTokenHolders({
    clock: tools.clock,
    async visitorOf(token) {
      // Behind a proxy, Keystone's tokens give no access, and nobody is asked about them.
      if (settings.mode === 'proxy') return null;
      const holder = await tools.holderOf(token);
      if (!holder?.ownProject || !hasRole(holder.roles, settings.roles)) return null;
      return { name: nameOf(holder), by: 'keystone token', userId: holder.id, roles: holder.roles };
    },
  });

  function byProxy(headers: HeaderReader): Visitor | null {
    const peer = tools.peerOf(headers);
    const name = headers.get(settings.proxyHeader)?.trim();
    if (peer === null || !name || !isTrusted(peer)) return null;
    const listed = settings.proxyRolesHeader === null ? null : (headers.get(settings.proxyRolesHeader) ?? '');
    return { name, by: 'proxy', userId: null, roles: listed?.split(/[\s,;]+/).filter(Boolean) ?? null };
  }

  return async (headers) => {
    const token = bearerOf(headers);
    const position = token === null ? 0 : positionOf(token);
    if (position > 0) return { name: `API token ${position}`, by: 'api token', userId: null, roles: null };
    if (settings.mode === 'proxy') {
      // Before the token, which may be the one with which the person signed in at the proxy.
      const visitor = byProxy(headers);
      if (visitor !== null || token === null) return visitor;
    }
    if (token !== null) return holderOf(token, tools.clientOf(headers));
    for (const session of await sessionsOf(tools, headers)) {
      if (await tools.isStillAllowed(session))
        return { name: session.name, by: 'session', userId: session.userId, roles: null };
      await tools.sessions.end(session);
    }
    return null;
  };
}

/** The valid sessions in a request's cookies; one, unless somebody planted another. */
export async function sessionsOf(
  { sessions, isSecure }: Pick<AccessTools, 'sessions' | 'isSecure'>,
  headers: HeaderReader,
): Promise<Session[]> {
  const found = await Promise.all(
    readCookies('session', headers, isSecure(headers)).map((value) => sessions.open(value)),
  );
  return found.filter((session) => session !== null);
}

/** Keystone compares role names without regard to case. */
export const hasRole = (roles: string[], allowed: string[]): boolean =>
  roles.some((role) => allowed.some((other) => other.toLowerCase() === role.toLowerCase()));

/** The name, with its domain unless that is the default one. */
export const nameOf = ({ name, domain }: { name: string; domain: string }): string =>
  domain.toLowerCase() === 'default' ? name : `${name}@${domain}`;
