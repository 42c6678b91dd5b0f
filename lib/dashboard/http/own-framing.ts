import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Header } from './snapshots';

/**
 * Routes compress their answers themselves and know how long they are, but Next drops the headers that say so, would
 * compress once more under the same ETag, and adds headers of pages to Vary, on which no answer of a route depends. So
 * the request hook takes what the client accepts away from Next and gives it to the route under another name, and what
 * the route says comes back the same way.
 */
const ACCEPTED = 'x-watcher-visio-accept-encoding';
const CODING = 'x-watcher-visio-coding';
const LENGTH = 'x-watcher-visio-length';

/** The Accept-Encoding of a request; null where no hook runs, as in development, since then nothing may be compressed. */
export const acceptedEncoding = (request: Request): string | null => request.headers.get(ACCEPTED);

/** For headers of an answer to Next. */
export const throughNext = (headers: Header[]): Header[] =>
  headers.map(([name, value]) => {
    if (name === 'content-encoding') return [CODING, value];
    return name === 'content-length' ? [LENGTH, value] : [name, value];
  });

/** What Next adds to Vary. */
const OF_PAGES = /^(rsc|next-.*)?$/i;

/** Whether a route answers, not a page or a file. */
const isRoute = (url: string): boolean => /^\/(api|hosts\.csv)([/?]|$)/.test(url);

/** Called for every request that goes on to Next. */
export function keepOwnFraming(request: IncomingMessage, response: ServerResponse): void {
  delete request.headers[ACCEPTED];
  if (!isRoute(request.url ?? '')) return;
  const { 'accept-encoding': accepted } = request.headers;
  if (accepted !== undefined) request.headers[ACCEPTED] = accepted;
  delete request.headers['accept-encoding'];
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, given) {
      bringBack(response, CODING, 'Content-Encoding');
      bringBack(response, LENGTH, 'Content-Length');
      const names = String(response.getHeader('vary') ?? '').split(',');
      const own = names.map((name) => name.trim()).filter((name) => !OF_PAGES.test(name));
      if (own.length > 0) response.setHeader('Vary', own.join(', '));
      else response.removeHeader('Vary');
      return Reflect.apply(writeHead, self, given);
    },
  });
}

function bringBack(response: ServerResponse, from: string, to: string): void {
  const value = response.getHeader(from);
  if (value === undefined) return;
  response.setHeader(to, value);
  response.removeHeader(from);
}
