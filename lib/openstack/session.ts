import type { z } from 'zod';
import { SOURCE_NAMES, SourceError } from '../errors';
import { type Http, type HttpAnswer, openHttp, parseJson } from '../http';
import { type Endpoint, findEndpoint, type Service, type WatcherNaming } from './catalog';
import type { CloudSettings } from './clouds';
import { faultOf } from './faults';
import { issueToken, type Token } from './keystone';
import {
  chooseVersion,
  type Microversion,
  readVersions,
  type VersionNeed,
  type VersionRange,
  versionHeaders,
} from './microversions';

export type SessionOptions = {
  timeoutMs: number;
  maxBytes: number;
  /** Requests under way at once, for each service. */
  concurrency: number;
  watcher?: WatcherNaming;
  clock?: () => number;
};

export type ReadRequest<S extends z.ZodType> = {
  service: Service;
  /** Below the endpoint, without a leading slash. */
  path: string;
  query?: Record<string, string | number | undefined>;
  schema: S;
  version: VersionNeed;
  timeoutMs?: number;
};

export type Session = {
  /** GET with token and microversion; the answer in the schema's form. @throws SourceError */
  read<S extends z.ZodType>(request: ReadRequest<S>): Promise<z.output<S>>;
  /** The microversion that a call would use. */
  version(service: Service, need: VersionNeed): Promise<Microversion>;
  /** Configured, else that of the compute endpoint in use. */
  region(): Promise<string>;
  /** A token that is valid by Keystone's own word; asks for a new one where it is not. */
  checkToken(options: { timeoutMs: number }): Promise<void>;
};

/** A token is renewed so long before it ends that a collection under way can still finish with it. */
const RENEW_MS = 120_000;

export function openSession(cloud: CloudSettings, options: SessionOptions): Session {
  const clock = options.clock ?? Date.now;
  const { timeoutMs, maxBytes, concurrency } = options;
  const open = (source: 'keystone' | Service): Http =>
    openHttp({ source, timeoutMs, maxBytes, concurrency, tls: cloud.tls });
  const https = {
    keystone: open('keystone'),
    nova: open('nova'),
    placement: open('placement'),
    watcher: open('watcher'),
  };

  let token: Token | undefined;
  let issuing: Promise<Token> | undefined;

  /** The token in use, or a new one; one request however many wait. `refused` is a token that a service did not take. */
  async function currentToken(refused?: string): Promise<Token> {
    if (token && token.id !== refused && token.expiresAt - clock() > RENEW_MS) return token;
    issuing ??= issueToken(https.keystone, cloud)
      .then((issued) => {
        token = issued;
        return issued;
      })
      .finally(() => {
        issuing = undefined;
      });
    return issuing;
  }

  const endpointOf = async (service: Service): Promise<Endpoint> =>
    findEndpoint(service, (await currentToken()).catalog, cloud, options.watcher ?? {});

  const ranges = new Map<string, Promise<VersionRange>>();

  function versionsOf(service: Service, { url }: Endpoint): Promise<VersionRange> {
    const known = ranges.get(url);
    if (known) return known;
    const asked = readVersions(https[service], service, url);
    ranges.set(url, asked);
    // A failed question is asked again by the next call.
    asked.catch(() => ranges.delete(url));
    return asked;
  }

  async function send(
    service: Service,
    url: string,
    headers: Record<string, string>,
    limit?: number,
  ): Promise<HttpAnswer> {
    const ask = ({ id }: Token) =>
      https[service].send({ url, headers: { ...headers, 'x-auth-token': id }, timeoutMs: limit });
    const used = await currentToken();
    const answer = await ask(used);
    // Revoked, or ended early: once more with a new one.
    return answer.status === 401 ? ask(await currentToken(used.id)) : answer;
  }

  return {
    async read({ service, path, query = {}, schema, version, timeoutMs: limit }) {
      const endpoint = await endpointOf(service);
      const chosen = chooseVersion(service, await versionsOf(service, endpoint), version);
      const url = `${endpoint.url}/${path}${toQuery(query)}`;
      const answer = await send(service, url, versionHeaders(service, chosen), limit);
      if (answer.status === 406) ranges.delete(endpoint.url);
      if (answer.status < 200 || answer.status > 299) throw refusal(service, path, answer);
      return parseJson(answer, schema, service, path);
    },
    async version(service, need) {
      return chooseVersion(service, await versionsOf(service, await endpointOf(service)), need);
    },
    async region() {
      return cloud.region ?? (await endpointOf('nova')).region ?? '';
    },
    async checkToken({ timeoutMs: limit }) {
      const before = token;
      const used = await currentToken();
      if (used !== before) return;
      const answer = await https.keystone.send({
        url: `${cloud.authUrl}/auth/tokens?nocatalog=1`,
        headers: { 'x-auth-token': used.id, 'x-subject-token': used.id },
        timeoutMs: limit,
      });
      if (answer.status === 401 || answer.status === 404) await currentToken(used.id);
      else if (answer.status >= 400) {
        throw new SourceError('keystone', 'http', `Keystone answered ${answer.status} when asked about the token.`, {
          status: answer.status,
        });
      }
    },
  };
}

function toQuery(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

function refusal(service: Service, path: string, answer: HttpAnswer): SourceError {
  const { status } = answer;
  const name = SOURCE_NAMES[service];
  if (status === 401) return new SourceError(service, 'unauthorized', `${name} does not accept the token.`, { status });
  if (status === 403) {
    return new SourceError(service, 'forbidden', `${name} refuses ${path}: the account needs the admin role.`, {
      status,
    });
  }
  if (status === 406)
    return new SourceError(service, 'missing', `${name} does not speak the API version it offered.`, { status });
  const fault = faultOf(answer);
  return new SourceError(service, 'http', `${name} answered ${status} to ${path}${fault ? `: ${fault}` : ''}.`, {
    status,
  });
}
