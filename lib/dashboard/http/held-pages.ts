import 'server-only';
import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { MIB } from '@/lib/units';
import { openSignal, withinOrNull } from '../process/waiting';

/**
 * Holds the HTML of a page for a moment, so that many who open the same page at once, or one who keeps reloading it, cost
 * one rendering. Each answer has a nonce of its own: that of the rendering, 128 random bits, is replaced wherever it occurs.
 * Nobody knew it in time to put it into the page as text.
 *
 * What a page shows may depend on any header of its request, so it is only sent to requests whose headers are the same.
 */

/** Short enough that no age on the page looks wrong. Counted from the start of the rendering. */
const HOLD_MS = 1_000;
const MOST_BYTES = 16 * MIB;
/** Longer than a rendering takes whose data is there. */
const LONGEST_WAIT_MS = 200;

/** Headers that differ between requests of the same browser, or that say how to answer and not what. */
const OF_ONE_REQUEST = new Set([
  'accept-encoding',
  'cache-control',
  'connection',
  'pragma',
  'priority',
  'sec-fetch-user',
  'traceparent',
  'tracestate',
  'upgrade-insecure-requests',
  'x-request-id',
]);

/** Headers that belong to one answer only. */
const OF_ONE_ANSWER = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'transfer-encoding',
  'x-request-id',
]);

type Held = { html: string; nonce: string; headers: [name: string, value: string][]; changes: number; until: number };

type Asked = Pick<IncomingMessage, 'url' | 'headers'>;

export type HeldPages = {
  /**
   * Waits for a rendering that a request with the same key has begun.
   *
   * @returns what sends the page, or null if it has to be rendered
   */
  find(key: string): Promise<((response: ServerResponse) => void) | null>;
  /** Holds what is about to be written, if it becomes a page. */
  keep(key: string, response: ServerResponse): void;
};

type Sources = {
  /** ms */
  now(): number;
  /** A number that changes with what pages show. */
  changes(): number;
  newNonce(): string;
};

/** The same for requests that get the same page. */
export function keyOfPage({ url = '', headers }: Asked): string {
  const told = Object.entries(headers)
    .filter(([name]) => !OF_ONE_REQUEST.has(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([url, told]))
    .digest('base64');
}

export function openHeldPages({ now, changes, newNonce }: Sources): HeldPages {
  const held = new LRUCache<string, Held>({ maxSize: MOST_BYTES, sizeCalculation: ({ html }) => html.length + 1 });
  const begun = new Map<string, Promise<void>>();

  function current(key: string): Held | undefined {
    const page = held.get(key);
    return page !== undefined && now() < page.until && page.changes === changes() ? page : undefined;
  }

  return {
    async find(key) {
      const waited = begun.get(key);
      if (waited !== undefined) await withinOrNull(waited, LONGEST_WAIT_MS);
      const page = current(key);
      return page === undefined ? null : (response) => send(page, newNonce(), response);
    },

    keep(key, response) {
      const since = { until: now() + HOLD_MS, changes: changes() };
      const ended = openSignal();
      const begin = !begun.has(key);
      if (begin) begun.set(key, ended.given);
      const chunks: Buffer[] = [];
      const { write, end } = response;
      const note = (chunk: unknown) => {
        if (chunk instanceof Uint8Array || typeof chunk === 'string') chunks.push(Buffer.from(chunk));
      };
      response.write = new Proxy(write, {
        apply(_, self, given) {
          note(given[0]);
          return Reflect.apply(write, self, given);
        },
      });
      response.end = new Proxy(end, {
        apply(_, self, given) {
          note(given[0]);
          const headers = response.getHeaders();
          const nonce = nonceOf(headers);
          if (
            response.statusCode === 200 &&
            nonce !== null &&
            headers['set-cookie'] === undefined &&
            now() < since.until
          )
            held.set(key, { ...since, html: Buffer.concat(chunks).toString(), nonce, headers: ownOf(headers) });
          return Reflect.apply(end, self, given);
        },
      });
      const over = () => {
        if (begin) begun.delete(key);
        ended.give();
      };
      response.once('close', over);
    },
  };
}

const nonceOf = (headers: OutgoingHttpHeaders): string | null =>
  /'nonce-([^']{20,})'/.exec(String(headers['content-security-policy'] ?? ''))?.[1] ?? null;

const ownOf = (headers: OutgoingHttpHeaders): Held['headers'] =>
  Object.entries(headers).flatMap(([name, value]): Held['headers'] =>
    value === undefined || OF_ONE_ANSWER.has(name) ? [] : [[name, [value].flat().join(', ')]],
  );

function send({ html, nonce, headers }: Held, next: string, response: ServerResponse): void {
  for (const [name, value] of headers) response.setHeader(name, value.replaceAll(nonce, next));
  response.writeHead(200).end(html.replaceAll(nonce, next));
}
