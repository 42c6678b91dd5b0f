import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAllowed, isOpenToAll } from '@/lib/dashboard/access/gate';
import { PEER_HEADER, sealPeer } from '@/lib/dashboard/access/peer';
import { withDeadline } from '@/lib/dashboard/process/deadline';
import { log } from '@/lib/dashboard/process/log';
import { ownMetrics } from '@/lib/dashboard/process/own-metrics';
import { requestIdOf, withRequest } from '@/lib/dashboard/process/request-context';
import { answerEarly, learn, mayBeEarly } from './early';

/** A request on its way to Next. */
export type Door = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** By these Next talks to itself; from outside they are forged. */
const INTERNAL = /^x-(?:middleware|invoke|matched-path|nextjs-rewritten|now-route-matches|action-forwarded)/;

/**
 * What happens to every request before Next sees it: an id for the log, the address it really came from, no header that
 * only Next may set; and afterwards a count and a line in the log.
 */
export const door: Door = (request, response, next) => {
  if (isOpenToAll()) {
    if (!answerEarly(request, response)) pass(request, response, next);
    return;
  }
  request.headers[PEER_HEADER] = sealPeer(request.socket.remoteAddress ?? '');
  if (!mayBeEarly(request)) {
    pass(request, response, next);
    return;
  }
  void isAllowed(request).then((allowed) => {
    if (!allowed || !answerEarly(request, response)) pass(request, response, next);
  });
};

function pass(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const started = performance.now();
  const id = requestIdOf(first(request.headers['x-request-id']));
  for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
  request.headers[PEER_HEADER] = sealPeer(request.socket.remoteAddress ?? '');
  request.headers['x-request-id'] = id;
  response.setHeader('X-Request-Id', id);
  response.once('close', () => tell(request, response, started, id));
  withRequest(id, () => withDeadline(next));
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

function tell(request: IncomingMessage, response: ServerResponse, started: number, id: string): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const kind = kindOf(path);
  const ms = Math.round(performance.now() - started);
  // Who leaves before the answer is complete is counted as 499, as by nginx.
  const status = response.writableFinished ? response.statusCode : 499;
  const { requests, requestSeconds } = ownMetrics();
  requests.inc({ kind, status: String(status) });
  requestSeconds.observe({ kind }, ms / 1000);
  const level = status >= 500 && status !== 503 ? 'error' : status >= 500 ? 'warn' : 'debug';
  log()[level]({ request: id, method: request.method, path, status, ms }, 'request');
  if (request.method === 'GET') learn(request.url ?? '', response.statusCode, response.getHeaders());
}

/** Few kinds, so that no address from outside becomes a label. */
function kindOf(path: string): string {
  if (path.startsWith('/api/health')) return 'health';
  if (path.startsWith('/api/metrics')) return 'metrics';
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/_next/')) return 'static';
  return 'page';
}
