import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Transform, Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { chooseCoding } from '@/lib/dashboard/http/codings';
import { startScriptsLater } from './scripts-later';

/**
 * Sends a page in two parts with a pause between them, so that the browser paints the upper one before it lays out the
 * lower one. Both are plain HTML in its order: no script puts anything in its place.
 */

/** How what the component Fold becomes ends. Text and data of a page cannot contain it: both have `"` and `<` escaped. */
const FOLD = ' data-fold="true"></span>';

/** Two frames and a little more. With 20 ms, most first paints still wait for all of the page. */
const PAUSE_MS = 40;

/** Requests that browsers and crawlers make for a page, and not those for its data, which the router makes. */
export const isForPage = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.rsc === undefined &&
  /text\/html/i.test(headers.accept ?? '') &&
  !/^\/(?:api|_next)(?:[/?]|$)|\.csv(?:\?|$)/.test(url);

/**
 * Called for every request that goes on to Next. Next's own compression would hide where a page may be parted, so it is
 * told that the client accepts none, and pages are compressed here.
 */
export function sendPageInParts(request: IncomingMessage, response: ServerResponse): void {
  if (!isForPage(request)) return;
  const isZipped = chooseCoding(request.headers['accept-encoding'], Number.POSITIVE_INFINITY, ['gzip']) === 'gzip';
  delete request.headers['accept-encoding'];
  let body: Writable | null = null;
  const { writeHead, write, end } = response;
  response.writeHead = new Proxy(writeHead, {
    apply(_, self, given) {
      if (/^text\/html/.test(String(response.getHeader('content-type')))) {
        body = openBody();
        response.removeHeader('content-length');
        if (isZipped) response.setHeader('Content-Encoding', 'gzip');
      }
      return Reflect.apply(writeHead, self, given);
    },
  });
  response.write = new Proxy(write, {
    apply(_, self, given: [unknown]) {
      if (!response.headersSent) response.writeHead(response.statusCode);
      return body === null ? Reflect.apply(write, self, given) : body.write(given[0]);
    },
  });
  response.end = new Proxy(end, {
    apply(_, self, given: [unknown]) {
      if (!response.headersSent) response.writeHead(response.statusCode);
      if (body === null) return Reflect.apply(end, self, given);
      body.end(given[0]);
      return response;
    },
  });

  function openBody(): Writable {
    const parted = partAtFold();
    parted.on('drain', () => response.emit('drain'));
    const sent = new Writable({
      write: (chunk, _, done) => void Reflect.apply(write, response, [chunk, done]),
      final(done) {
        Reflect.apply(end, response, []);
        done();
      },
    });
    // Whatever Next writes at once leaves at once, also when it is compressed.
    const steps = isZipped ? [createGzip({ flush: constants.Z_SYNC_FLUSH })] : [];
    // Ends early only where the client leaves, which the response itself reports.
    pipeline([parted, ...steps, sent], () => {});
    response.once('close', () => parted.destroy());
    return parted;
  }
}

/** Passes a page on, with the pause at its first fold. */
function partAtFold(): Transform {
  let isFirst = true;
  let isParted = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const html = isFirst ? startScriptsLater(chunk) : chunk;
      isFirst = false;
      const at = isParted ? -1 : html.indexOf(FOLD);
      if (at === -1) {
        done(null, html);
        return;
      }
      isParted = true;
      const end = at + FOLD.length;
      this.push(html.subarray(0, end));
      setTimeout(() => done(null, html.subarray(end)), PAUSE_MS);
    },
  });
}
