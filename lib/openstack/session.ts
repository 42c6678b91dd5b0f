import type { z } from 'zod';
import { type Http, type HttpResponse, type Observer, openHttp } from '../http';
import type { Proxies } from '../proxies';
import { checkInSteps, type Loss, parseText } from '../shape';
import { type Endpoint, findEndpoint, type Service, type WatcherNaming } from './catalog';
import type { CloudSettings } from './clouds';
import { type Account, isTokenValid, type Token } from './keystone';
import {
  chooseVersion,
  type Microversion,
  readVersions,
  type VersionNeed,
  type VersionRange,
  versionHeaders,
  versionsInRefusal,
} from './microversions';
import { openPageSizes, type PageSizes } from './page-sizes';
import { type Credentials, checkCredentials, identifyToken, type Person, type SignIn } from './people';
import { listProjects, type ProjectList } from './projects';
import { refusal } from './refusals';
import { readStanding, type Standing } from './standing';
import { openTokens } from './tokens';

type SessionOptions = {
  timeoutMs: number;
  maxBytes: number;
  /** Maximum number of requests in flight per service. */
  concurrency: number;
  watcher?: WatcherNaming;
  proxies?: Proxies | null;
  observe?: Observer;
  clock?: () => number;
};

export type ReadRequest<S extends z.ZodType> = {
  service: Service;
  /** Relative to the endpoint, without a leading slash. */
  path: string;
  /** Name of the request in error messages; default `path`. */
  what?: string;
  /** Id of what the response is about, if it does not contain it. */
  about?: string;
  query?: Record<string, string | number | undefined>;
  schema: S;
  version: VersionNeed;
  timeoutMs?: number;
  /** In addition to the token and the microversion. */
  headers?: Record<string, string>;
  /** Called with the response's headers, which contain the service's time. */
  onHeaders?: (headers: Headers) => void;
  /** Called with the response before it is checked. */
  onBody?: (json: unknown) => void;
  /** Called for every row and field that is left out because it can't be read. */
  onLoss?: (loss: Loss) => void;
};

export type Session = {
  /** GET with token and microversion, parsed by the schema. @throws SourceError */
  read<S extends z.ZodType>(request: ReadRequest<S>): Promise<z.output<S>>;
  /** How many rows of each list fit into one page. */
  pageSizes: PageSizes;
  /** The microversion that a call would use. */
  version(service: Service, need: VersionNeed): Promise<Microversion>;
  /** The account of this session's own token. @throws SourceError of Keystone */
  account(): Promise<Account>;
  /** A service's catalog endpoint and its versions; `versions` is null if it lists none. @throws SourceError */
  locate(service: Service): Promise<{ url: string; region: string | null; versions: VersionRange | null }>;
  /** The configured region, or else that of the compute endpoint. */
  region(): Promise<string>;
  /** The current token, or a new one to replace a refused one; for other services that accept Keystone tokens. */
  token(refused?: string): Promise<string>;
  /** Checks the current token with Keystone and replaces it if it is not valid. */
  checkToken(options: { timeoutMs: number }): Promise<void>;
  /** Checks a user's credentials, with their roles on the project of this session's own account. */
  signIn(credentials: Credentials): Promise<SignIn>;
  /** The user a token belongs to, and whether it is for this session's own project; null if it is not valid. */
  identify(token: string): Promise<(Person & { ownProject: boolean }) | null>;
  /** What Keystone says now about a user and their roles on the project; null for this session's own account. @throws SourceError */
  standing(userId: string | null): Promise<Standing>;
  /** Projects by name, as far as this session's own account may list them. @throws SourceError of Keystone */
  projects(): Promise<ProjectList>;
};

/** How often to request a new catalog while a service is missing from it. */
const CATALOG_RETRY_MS = 5_000;
/** When to ask again for the versions of a service that did not list them, and of one that did: it may be upgraded. */
const VERSIONS_RETRY_MS = 60_000;
const VERSIONS_MS = 3_600_000;

/** Opens one account's session with one cloud. Sends nothing before the first call. */
export function openSession(cloud: CloudSettings, options: SessionOptions): Session {
  const clock = options.clock ?? Date.now;
  const { timeoutMs, maxBytes, concurrency, proxies, observe } = options;
  const open = (source: 'keystone' | Service): Http =>
    openHttp({ source, timeoutMs, maxBytes, concurrency, tls: cloud.tls, proxies, observe });
  const https = {
    keystone: open('keystone'),
    nova: open('nova'),
    placement: open('placement'),
    watcher: open('watcher'),
  };
  const tokens = openTokens(https.keystone, cloud, clock);

  let renewed: { at: number; token: Promise<Token> } | undefined;

  /** The catalog comes with the token and lives as long. If a service is missing, a new catalog may have it by now. */
  async function endpointOf(service: Service): Promise<Endpoint> {
    const token = await tokens.current();
    const find = ({ catalog }: Token) => findEndpoint(service, catalog, { cloud, watcher: options.watcher });
    try {
      return find(token);
    } catch (error) {
      if (renewed === undefined || clock() - renewed.at >= CATALOG_RETRY_MS)
        renewed = { at: clock(), token: tokens.current(token.id) };
      const newer = await renewed.token;
      if (newer.id === token.id) throw error;
      return find(newer);
    }
  }

  /** By endpoint. */
  const versions = new Map<string, { range: Promise<VersionRange | null>; until: number }>();

  function versionsOf(service: Service, { url }: Endpoint): Promise<VersionRange | null> {
    const known = versions.get(url);
    if (known && clock() < known.until) return known.range;
    const asked = tokens.current().then(({ id }) => readVersions(https[service], { service, url, token: id }));
    const range = known
      ? asked.then(
          (found) => found ?? known.range,
          () => known.range,
        )
      : asked;
    const entry = { range, until: clock() + VERSIONS_MS };
    versions.set(url, entry);
    range.then(
      (found) => {
        if (found === null) entry.until = clock() + VERSIONS_RETRY_MS;
      },
      // After a failure the next call tries again.
      () => versions.delete(url),
    );
    return range;
  }

  async function send(
    service: Service,
    request: { url: string; headers: Record<string, string>; timeoutMs?: number },
  ): Promise<HttpResponse> {
    const sendAs = (id: string): Promise<HttpResponse> =>
      https[service].send({ ...request, headers: { ...request.headers, 'x-auth-token': id } });
    const { id } = await tokens.current();
    const response = await sendAs(id);
    // The token was revoked or expired early: retry once with a new one.
    return response.status === 401 ? sendAs((await tokens.current(id)).id) : response;
  }

  async function versionFor(service: Service, endpoint: Endpoint, need: VersionNeed): Promise<Microversion> {
    if (need.optimistic && !versions.has(endpoint.url)) return need.max;
    return chooseVersion(service, await versionsOf(service, endpoint), need);
  }

  return {
    pageSizes: openPageSizes(clock),
    async read({
      service,
      path,
      what = path,
      about,
      query = {},
      schema,
      version: need,
      timeoutMs: limit,
      headers,
      onHeaders,
      onBody,
      onLoss,
    }) {
      const endpoint = await endpointOf(service);
      const url = `${endpoint.url}/${path}${toQuery(query)}`;
      const sendWith = (version: Microversion) =>
        send(service, { url, headers: { ...headers, ...versionHeaders(service, version) }, timeoutMs: limit });
      const version = await versionFor(service, endpoint, need);
      let response = await sendWith(version);
      if (response.status === 406) {
        // The service was upgraded, or its versions were unknown: retry once with what it reports now.
        const reported = versionsInRefusal(response);
        if (reported) versions.set(endpoint.url, { range: Promise.resolve(reported), until: clock() + VERSIONS_MS });
        else versions.delete(endpoint.url);
        const other = chooseVersion(service, await versionsOf(service, endpoint), need);
        if (other.join() !== version.join()) response = await sendWith(other);
      }
      if (response.status < 200 || response.status > 299) throw refusal(service, what, response);
      onHeaders?.(response.headers);
      const origin = {
        source: service,
        what,
        status: response.status,
        onLoss: (loss: Loss) => onLoss?.(about === undefined ? loss : { ...loss, owner: about }),
      };
      const json = parseText(response.text, origin);
      onBody?.(json);
      return checkInSteps(json, schema, origin);
    },
    async version(service, need) {
      return chooseVersion(service, await versionsOf(service, await endpointOf(service)), need);
    },
    account: async () => (await tokens.current()).account,
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
      if (!(await isTokenValid(https.keystone, cloud, { id, timeoutMs: limit }))) await tokens.current(id);
    },
    async signIn(credentials) {
      const { projectId } = await tokens.current();
      return projectId === null
        ? { outcome: 'refused' }
        : checkCredentials(https.keystone, cloud, { ...credentials, projectId });
    },
    async identify(token) {
      const [person, { projectId }] = await Promise.all([
        identifyToken(https.keystone, cloud, token),
        tokens.current(),
      ]);
      return person && { ...person, ownProject: projectId !== null && person.projectId === projectId };
    },
    async standing(userId) {
      const { id: token, projectId } = await tokens.current();
      const asked = userId ?? (await identifyToken(https.keystone, cloud, token))?.id ?? '';
      return readStanding(https.keystone, cloud, { userId: asked, projectId: projectId ?? '', token });
    },
    projects: () => listProjects(https.keystone, cloud, tokens),
  };
}

function toQuery(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
