import type { IncomingMessage, ServerResponse } from 'node:http';
import { withBase } from '@/lib/base-path';
import { watchForwarding } from '@/lib/dashboard/access/forwarding';
import { PEER_HEADER, sealPeer } from '@/lib/dashboard/access/peer';
import { noteRefusedToken } from '@/lib/dashboard/access/refused-tokens';
import { isAllowed, isOpenToAll } from '@/lib/dashboard/access/visitors';
import { checkRequest } from '@/lib/dashboard/http/check-request';
import { tellOrigin } from '@/lib/dashboard/http/cors';
import { learnHeaders } from '@/lib/dashboard/http/early';
import { keyOfPage, openHeldPages } from '@/lib/dashboard/http/held-pages';
import { keepOwnFraming } from '@/lib/dashboard/http/own-framing';
import { theStaticFiles } from '@/lib/dashboard/http/static-files';
import { changesSoFar, noteChange } from '@/lib/dashboard/process/change-count';
import { withDeadline } from '@/lib/dashboard/process/deadline';
import { log } from '@/lib/dashboard/process/log';
import { ownMetrics } from '@/lib/dashboard/process/own-metrics';
import { requestIdOf, withRequest } from '@/lib/dashboard/process/request-context';
import { processWide } from '@/lib/process-wide';
import { answerEarly, hasEarlyAnswer, isRead } from './early';
import { isForPage, sendPageInParts } from './page-in-parts';
import { newNonce } from './page-policy';

/**
 * Runs before Next sees a request, and calls `next` unless it has answered. With an argument, `next` sets the security
 * headers and calls that instead of Next.
 */
export type RequestHook = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (instead?: () => void) => void,
) => void;

/** Next and this server use these headers internally; from a client they are forged. */
const INTERNAL =
  /^(?:x-(?:middleware|invoke|matched-path|nextjs-rewritten|now-route-matches|action-forwarded|watcher-visio|visitor$|nonce$)|content-security-policy)/;

/** Next looks for robots in it, in a time that grows with the square of its length: a second for what a request may hold. */
const LONGEST_USER_AGENT = 500;

/**
 * Removes headers that nobody outside may set, refuses what is no request to this server, and answers early if possible.
 * Otherwise gives the request an id for the log and the address it really came from, and records the answer in metrics
 * and log.
 */
export const requestHook: RequestHook = (request, response, next) => {
  const id = requestIdOf(first(request.headers['x-request-id']));
  request.headers['x-request-id'] = id;
  for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
  const agent = request.headers['user-agent'];
  if (agent !== undefined) request.headers['user-agent'] = agent.slice(0, LONGEST_USER_AGENT);
  tellOrigin(request, response);
  const { method = '', url = '', headers: asked } = request;
  const line = checkRequest({ method, url, headers: asked }, id);
  const answerNow = (address: string, answer: () => void) => {
    response.setHeader('X-Request-Id', id);
    record(request, response, { started: performance.now(), id, address });
    next(answer);
  };
  if ('answer' in line) {
    const { status, headers, body } = line.answer;
    answerNow(url, () => response.writeHead(status, headers).end(request.method === 'HEAD' ? null : body));
    return;
  }
  // Without the path that everything is below, until Next gets it.
  request.url = line.address;
  const sendFile = theStaticFiles().answer(request);
  if (sendFile !== null) {
    answerNow(line.address, () => sendFile(response));
    return;
  }
  if (!isRead(method)) response.once('close', noteChange);
  if (isOpenToAll()) {
    if (!answerEarly(request, response)) passOn(request, response, next);
    return;
  }
  watchForwarding(request.headers);
  request.headers[PEER_HEADER] = sealPeer(request.socket.remoteAddress ?? '');
  if (!hasEarlyAnswer(request)) {
    passOn(request, response, next);
    return;
  }
  void isAllowed(request).then((allowed) => {
    if (!allowed || !answerEarly(request, response)) passOn(request, response, next);
  });
};

function passOn(request: IncomingMessage, response: ServerResponse, next: (instead?: () => void) => void): void {
  const started = performance.now();
  const id = requestIdOf(first(request.headers['x-request-id']));
  const { url: address = '/' } = request;
  const key = isHeld(request) ? keyOfPage(request) : null;
  keepOwnFraming(request, response);
  sendPageInParts(request, response);
  request.headers[PEER_HEADER] = sealPeer(request.socket.remoteAddress ?? '');
  response.setHeader('X-Request-Id', id);
  record(request, response, { started, id, address });
  request.url = withBase(address);
  const render = () => withRequest({ id, address }, () => withDeadline(next));
  if (key === null) {
    render();
    return;
  }
  void theHeldPages()
    .find(key)
    .then((send) => {
      if (send !== null) {
        next(() => send(response));
        return;
      }
      theHeldPages().keep(key, response);
      render();
    });
}

/** Only where everyone may look: what is held is sent without asking who wants it. */
const isHeld = (request: IncomingMessage): boolean => isOpenToAll() && isForPage(request);

const theHeldPages = () =>
  processWide('held-pages', () => openHeldPages({ now: () => performance.now(), changes: changesSoFar, newNonce }));

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** As in nginx: the client left before the answer was complete. */
const CLIENT_CLOSED = 499;

const LONGEST_LOGGED_PATH = 500;

type Begun = { started: number; id: string; address: string };

/** Once the answer is complete, or the client has left. */
function record(request: IncomingMessage, response: ServerResponse, begun: Begun): void {
  response.once('close', () => recordNow(request, response, begun));
}

function recordNow(request: IncomingMessage, response: ServerResponse, { started, id, address }: Begun): void {
  const path = (address.split('?')[0] ?? '/').slice(0, LONGEST_LOGGED_PATH);
  const kind = kindOf(path);
  const ms = Math.round(performance.now() - started);
  const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED;
  const { requests, requestSeconds } = ownMetrics();
  requests.inc({ kind, status: String(status) });
  requestSeconds.observe({ kind }, ms / 1000);
  const level = status >= 500 && status !== 503 ? 'error' : status >= 500 ? 'warn' : 'debug';
  log()[level]({ request: id, method: request.method, path, status, ms }, 'request');
  noteRefusedToken(request.headers, status);
  if (request.method === 'GET') learnHeaders(address, response.statusCode, response.getHeaders());
}

/** Few kinds, so that clients cannot create metric labels. */
function kindOf(path: string): string {
  if (path.startsWith('/api/health')) return 'health';
  if (path.startsWith('/api/metrics')) return 'metrics';
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/_next/')) return 'static';
  return 'page';
}
