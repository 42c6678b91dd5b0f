import type { z } from 'zod';
import { SOURCE_NAMES, SourceError } from '../errors';
import { type Http, type HttpResponse, type Observer, openHttp } from '../http';
import { checkInSteps, parseText } from '../shape';
import { type Endpoint, findEndpoint, type Service, type WatcherNaming } from './catalog';
import type { CloudSettings } from './clouds';
import { faultOf } from './faults';
import { isTokenValid, type Token, type TokenHolder } from './keystone';
import {
  chooseVersion,
  type Microversion,
  readVersions,
  type VersionNeed,
  type VersionRange,
  versionHeaders,
  versionsOfRefusal,
} from './microversions';
import { askWho, askWhose, type Credentials, type Person, type SignIn } from './people';
import { openTokens } from './tokens';

type SessionOptions = {
  timeoutMs: number;
  maxBytes: number;
  /** Requests under way at once, for each service. */
  concurrency: number;
  watcher?: WatcherNaming;
  observe?: Observer;
  clock?: () => number;
};

export type ReadRequest<S extends z.ZodType> = {
  service: Service;
  /** Below the endpoint, without a leading slash. */
  path: string;
  /** What people are told was asked; default `path`. */
  what?: string;
  query?: Record<string, string | number | undefined>;
  schema: S;
  version: VersionNeed;
  timeoutMs?: number;
  /**
   * In the newest version that is of use, without a look at what the service speaks, as long as that is not known: a refusal
   * tells it as well, and is rare.
   */
  boldly?: boolean;
  /** Beside what every question has. */
  headers?: Record<string, string>;
  /** Is given the answer's headers, such as the service's own time. */
  onHeaders?: (headers: Headers) => void;
};

export type Session = {
  /** GET with token and microversion; the answer in the schema's form. @throws SourceError */
  read<S extends z.ZodType>(request: ReadRequest<S>): Promise<z.output<S>>;
  /** The microversion that a call would use. */
  version(service: Service, need: VersionNeed): Promise<Microversion>;
  /** Whose token it is, and what it may. @throws SourceError of Keystone */
  holder(): Promise<TokenHolder>;
  /** Where the catalog says a service is, and which versions that one tells; null where it tells none. @throws SourceError */
  locate(service: Service): Promise<{ url: string; region: string | null; versions: VersionRange | null }>;
  /** Configured, else that of the compute endpoint in use. */
  region(): Promise<string>;
  /** The id of the token in use, or of a new one in place of one that was refused: for what takes Keystone's tokens, too. */
  token(refused?: string): Promise<string>;
  /** A token that is valid by Keystone's own word; asks for a new one where it is not. */
  checkToken(options: { timeoutMs: number }): Promise<void>;
  /** Whether these are somebody's credentials, and with which roles on the project of this session's own account. */
  signIn(credentials: Credentials): Promise<SignIn>;
  /** Whose token it is, and whether for the project of this session's own account; null where it is nobody's. */
  whose(token: string): Promise<(Person & { ownProject: boolean }) | null>;
};

/** How often a catalog that lacks a service is asked for anew. */
const LOOK_AGAIN_MS = 5_000;
/** A service that does not tell its versions is asked again after so long. */
const UNTOLD_MS = 60_000;

/** Opens one account's way to one cloud. Nothing is asked before the first question. */
export function openSession(cloud: CloudSettings, options: SessionOptions): Session {
  const clock = options.clock ?? Date.now;
  const { timeoutMs, maxBytes, concurrency, observe } = options;
  const open = (source: 'keystone' | Service): Http =>
    openHttp({ source, timeoutMs, maxBytes, concurrency, tls: cloud.tls, observe });
  const https = {
    keystone: open('keystone'),
    nova: open('nova'),
    placement: open('placement'),
    watcher: open('watcher'),
  };
  const tokens = openTokens(https.keystone, cloud, clock);

  let again: { at: number; token: Promise<Token> } | undefined;

  /** The catalog comes with the token and lives as long; where it lacks a service, a new one may have it by now. */
  async function endpointOf(service: Service): Promise<Endpoint> {
    const token = await tokens.current();
    const find = ({ catalog }: Token) => findEndpoint(service, catalog, cloud, options.watcher ?? {});
    try {
      return find(token);
    } catch (error) {
      if (again === undefined || clock() - again.at >= LOOK_AGAIN_MS)
        again = { at: clock(), token: tokens.current(token.id) };
      const newer = await again.token;
      if (newer.id === token.id) throw error;
      return find(newer);
    }
  }

  /** By endpoint. */
  const versions = new Map<string, { range: Promise<VersionRange | null>; until: number }>();

  function versionsOf(service: Service, { url }: Endpoint): Promise<VersionRange | null> {
    const known = versions.get(url);
    if (known && clock() < known.until) return known.range;
    const range = tokens.current().then(({ id }) => readVersions(https[service], service, url, id));
    const asked = { range, until: Number.POSITIVE_INFINITY };
    versions.set(url, asked);
    range.then(
      (found) => {
        if (found === null) asked.until = clock() + UNTOLD_MS;
      },
      // A failed question is asked again by the next call.
      () => versions.delete(url),
    );
    return range;
  }

  async function send(service: Service, url: string, headers: Record<string, string>, limit?: number) {
    const ask = (id: string): Promise<HttpResponse> =>
      https[service].send({ url, headers: { ...headers, 'x-auth-token': id }, timeoutMs: limit });
    const { id } = await tokens.current();
    const answer = await ask(id);
    // Revoked, or ended early: once more with a new one.
    return answer.status === 401 ? ask((await tokens.current(id)).id) : answer;
  }

  return {
    async read({
      service,
      path,
      what = path,
      query = {},
      schema,
      version: need,
      timeoutMs: limit,
      boldly = false,
      headers,
      onHeaders,
    }) {
      const endpoint = await endpointOf(service);
      const url = `${endpoint.url}/${path}${toQuery(query)}`;
      const ask = (version: Microversion) =>
        send(service, url, { ...headers, ...versionHeaders(service, version) }, limit);
      const version =
        boldly && !versions.has(endpoint.url)
          ? need.most
          : chooseVersion(service, await versionsOf(service, endpoint), need);
      let answer = await ask(version);
      if (answer.status === 406) {
        // Not what it said before: another release now, or it had not said. Once more with what it says by now.
        const told = versionsOfRefusal(answer);
        if (told) versions.set(endpoint.url, { range: Promise.resolve(told), until: Number.POSITIVE_INFINITY });
        else versions.delete(endpoint.url);
        const other = chooseVersion(service, await versionsOf(service, endpoint), need);
        if (other.join() !== version.join()) answer = await ask(other);
      }
      if (answer.status < 200 || answer.status > 299) throw refusal(service, what, answer);
      onHeaders?.(answer.headers);
      const origin = { source: service, what, status: answer.status };
      return checkInSteps(parseText(answer.text, origin), schema, origin);
    },
    async version(service, need) {
      return chooseVersion(service, await versionsOf(service, await endpointOf(service)), need);
    },
    async holder() {
      return (await tokens.current()).holder;
    },
    async locate(service) {
      const endpoint = await endpointOf(service);
      return { ...endpoint, versions: await versionsOf(service, endpoint) };
    },
    async region() {
      return cloud.region ?? (await endpointOf('nova')).region ?? '';
    },
    async token(refused) {
      return (await tokens.current(refused)).id;
    },
    async checkToken({ timeoutMs: limit }) {
      const { id } = await tokens.current();
      if (!(await isTokenValid(https.keystone, cloud, id, limit))) await tokens.current(id);
    },
    async signIn(credentials) {
      const { projectId } = await tokens.current();
      return projectId === null ? { outcome: 'refused' } : askWho(https.keystone, cloud, credentials, projectId);
    },
    async whose(token) {
      const [person, { projectId }] = await Promise.all([askWhose(https.keystone, cloud, token), tokens.current()]);
      return person && { ...person, ownProject: projectId !== null && person.projectId === projectId };
    },
  };
}

function toQuery(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

function refusal(service: Service, what: string, answer: HttpResponse): SourceError {
  const { status } = answer;
  const name = SOURCE_NAMES[service];
  switch (status) {
    case 401:
      return new SourceError(service, 'unauthorized', `${name} does not accept the token.`, { status });
    case 403:
      return new SourceError(service, 'forbidden', `${name} refuses ${what}: the account needs the admin role.`, {
        status,
      });
    case 406:
      return new SourceError(service, 'missing', `${name} does not speak the API version it offered.`, { status });
    default: {
      const fault = faultOf(answer);
      return new SourceError(service, 'http', `${name} answered ${status} to ${what}${fault ? `: ${fault}` : ''}.`, {
        status,
      });
    }
  }
}
