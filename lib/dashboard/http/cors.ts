import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ownPath } from '@/lib/base-path';
import { readEnv } from '@/lib/env';
import type { Header } from './snapshots';

/**
 * Which other sites' pages may read the API (CORS_ORIGINS). Only reading: acts, sign-in and sign-out answer no other
 * site. With `*`, browsers send no cookies, so those pages need a token.
 */

const READS = ['GET', 'HEAD'];
const METHODS = 'GET, HEAD';
const MAY_SEND = 'Authorization, X-Auth-Token, If-None-Match';
const MAY_READ =
  'Age, Content-Disposition, Deprecation, ETag, Link, Retry-After, Sunset, X-Data-State, X-Data-Unknown, X-Request-Id, X-Total-Count';
/** Seconds for which a browser need not ask again whether it may. */
const ASKED_SECONDS = '600';

type Asked = { method: string; origin: string | undefined; wantedMethod: string | undefined };

/** What an answer says to the page of another site; empty if that may not read it. */
function originHeaders(origins: readonly string[], { method, origin, wantedMethod }: Asked): Header[] {
  const isPreflight = method === 'OPTIONS';
  const isRead = READS.includes(isPreflight ? (wantedMethod ?? '') : method);
  const isAny = origins.includes('*');
  if (origin === undefined || !isRead || !(isAny || origins.includes(origin))) return [];
  const allowed: Header[] = isAny
    ? [['Access-Control-Allow-Origin', '*']]
    : [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
      ];
  if (!isPreflight) return [...allowed, ['Access-Control-Expose-Headers', MAY_READ]];
  return [
    ...allowed,
    ['Access-Control-Allow-Methods', METHODS],
    ['Access-Control-Allow-Headers', MAY_SEND],
    ['Access-Control-Max-Age', ASKED_SECONDS],
  ];
}

/** Called for every request, before anything answers it. */
export function tellOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { CORS_ORIGINS: origins } = readEnv();
  if (origins.length === 0 || !/^\/api(?:[/?]|$)/.test(ownPath(request.url ?? ''))) return;
  const { origin, 'access-control-request-method': wantedMethod } = request.headers;
  const added = originHeaders(origins, { method: request.method ?? '', origin, wantedMethod });
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, [status, ...rest]: unknown[]) {
      for (const [name, value] of listHeaders(rest.at(-1))) response.setHeader(name, value);
      const vary = [response.getHeader('vary') ?? [], origins.includes('*') ? [] : 'Origin'].flat();
      if (vary.length > 0) response.setHeader('Vary', vary.join(', '));
      for (const [name, value] of added) response.setHeader(name, value);
      return Reflect.apply(writeHead, self, [status]);
    },
  });
}

/** The headers given to `writeHead`: an object, or names and values in turn. */
function listHeaders(given: unknown): Header[] {
  if (Array.isArray(given))
    return given.flatMap((name, at): Header[] => (at % 2 === 0 ? [[String(name), String(given[at + 1])]] : []));
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).map(([name, value]): Header => [name, String(value)]);
}
