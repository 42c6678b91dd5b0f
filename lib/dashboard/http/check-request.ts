import 'server-only';
import { withBase, withoutBase } from '@/lib/base-path';
import { isForThisServer } from '../access/own-host';
import type { WrittenProblem } from './problems';
import { checkRequestLine, type RequestLine, refusalFor } from './request-line';

/** What is decided about a request before anything reads its body or makes an answer. */

/** `url`: as in the request. */
type Asked = { method: string; url: string; headers: Record<string, string | string[] | undefined> };

/** Bytes; the sign-in form is far shorter. */
const LONGEST_BODY = 8_192;

const isHealthCheck = (target: string): boolean => /^\/api\/health(?:\/|$)/.test(target);

export function checkRequest({ method, url, headers }: Asked, requestId: string): RequestLine {
  const target = url.startsWith('/') ? withoutBase(url) : url;
  if (target === null) return { answer: closing(elsewhere(url)) };
  if (!isHealthCheck(target) && !isForThisServer(headers)) {
    const detail =
      'This server is not known under this name. If it should be, add the name to ALLOWED_HOSTS, or set AUTH so that people sign in.';
    return { answer: closing(refusalFor(target, { name: 'misdirected-request', detail }, requestId)) };
  }
  const line = checkRequestLine(method, target, requestId);
  if ('answer' in line) return line.answer.status === 405 || hasBody(headers) ? { answer: closing(line.answer) } : line;
  const detail =
    method === 'POST'
      ? `The body has more than ${LONGEST_BODY} bytes.`
      : `A ${method} request to this server has no body.`;
  const isTooLarge = method === 'POST' ? Number(headers['content-length'] ?? 0) > LONGEST_BODY : hasBody(headers);
  return isTooLarge ? { answer: closing(refusalFor(target, { name: 'body-too-large', detail }, requestId)) } : line;
}

/** Outside the path that everything is below. People who try the host alone are led there. */
function elsewhere(url: string): WrittenProblem {
  const isHost = url === '/';
  return {
    status: isHost ? 307 : 404,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...(isHost ? { location: withBase('/') } : {}),
    },
    body: `Watcher Visio is at ${withBase('/')}.\n`,
  };
}

const hasBody = (headers: Asked['headers']): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Nobody reads the rest of such a request. */
const closing = (answer: WrittenProblem): WrittenProblem => ({
  ...answer,
  headers: { ...answer.headers, connection: 'close' },
});
