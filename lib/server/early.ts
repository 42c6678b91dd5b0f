import type { IncomingMessage, ServerResponse } from 'node:http';
import { findEarly, replyEarly } from '@/lib/dashboard/http/early';
import { asksForRetry, RETRY_HEADER } from '@/lib/dashboard/http/retry';
import { log } from '@/lib/dashboard/process/log';
import { ownMetrics } from '@/lib/dashboard/process/own-metrics';
import { requestIdOf } from '@/lib/dashboard/process/request-context';
import { SECOND_MS } from '@/lib/units';

/** Sends early answers, before Next sees the request. Visitors without access get none; the route answers why. */

export const isRead = (method: string | undefined) => method === 'GET' || method === 'HEAD';

/** The kept answers are JSON; the route decides what else an address can be. */
const takesJson = (accept: string | undefined) => accept === undefined || !/text\/csv/i.test(accept);

export const hasEarlyAnswer = ({ method, url = '', headers }: IncomingMessage): boolean =>
  isRead(method) && takesJson(headers.accept) && !asksForRetry(headers[RETRY_HEADER]) && findEarly(url) !== undefined;

/** Returns whether it has answered; if not, the request goes on to Next. Only for visitors who may see the answer. */
export function answerEarly({ method, url = '', headers }: IncomingMessage, response: ServerResponse): boolean {
  const early = isRead(method) && takesJson(headers.accept) ? findEarly(url) : undefined;
  if (early === undefined) return false;
  const asked = { ifNoneMatch: headers['if-none-match'], acceptEncoding: textOf(headers['accept-encoding']) };
  const reply = replyEarly(early, asked, Date.now());
  if (reply === null) return false;
  reply.headers.push(['X-Request-Id', requestIdOf(textOf(headers['x-request-id']))]);
  response.writeHead(reply.status, reply.headers.flat()).end(method === 'HEAD' ? null : reply.body);
  count(reply.status, url);
  return true;
}

const textOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Counted in batches: incrementing a counter costs a quarter of an early answer. */
const counted = new Map<number, number>();
const COUNT_EVERY_MS = SECOND_MS;

function count(status: number, path: string): void {
  if (counted.size === 0) setTimeout(flushCounts, COUNT_EVERY_MS).unref();
  counted.set(status, (counted.get(status) ?? 0) + 1);
  if (log().isLevelEnabled('debug')) log().debug({ path, status, early: true }, 'request');
}

function flushCounts(): void {
  for (const [status, number] of counted) ownMetrics().requests.inc({ kind: 'api', status: String(status) }, number);
  counted.clear();
}
