import 'server-only';
import { methodsOf, READ_METHODS } from '@/lib/contract/methods';
import type { ProblemName } from '@/lib/contract/problem';
import { MALFORMED } from './check-query';
import { type WrittenProblem, writeProblem } from './problems';
import { NO_ENDPOINT } from './serve';

/**
 * What the method and the address of a request decide. Next would answer some with an internal error, an empty body or
 * a page: a broken percent-encoding, methods that it does not know, and addresses below /api/ in another case.
 */
export type RequestLine = { answer: WrittenProblem } | { address: string };

/** An address that no page has, for those that can't be one. */
const NO_PAGE = '/not-found/';

/**
 * @param target as in the request: an absolute one, as proxies get it, is refused, and so is `*` but for OPTIONS
 * @returns the answer, or the address to go on with
 */
export function checkRequestLine(method: string, target: string, requestId: string): RequestLine {
  if (target === '*' && method === 'OPTIONS') return { answer: listMethods(READ_METHODS) };
  const refuse = (name: ProblemName, detail: string, methods?: readonly string[]) => ({
    answer: refusalFor(target, { name, detail, methods }, requestId),
  });
  if (!target.startsWith('/')) return refuse('malformed-address', 'The address of a request must begin with a slash.');
  const address = target;
  const path = address.split('?', 1)[0] ?? '';
  const isApi = isApiPath(path);
  const isMalformed = !isDecodable(path);
  if (isApi && isMalformed) return refuse('malformed-address', MALFORMED);
  const methods = isApi ? methodsOf(path) : READ_METHODS;
  if (methods === null) {
    // The route redirects addresses that have moved; it has no idea of other methods.
    const isRouted = READ_METHODS.includes(method) && method !== 'OPTIONS' && path.startsWith('/api');
    return isRouted ? { address } : refuse('unknown-endpoint', NO_ENDPOINT);
  }
  if (method === 'OPTIONS') return { answer: listMethods(methods) };
  if (!methods.includes(method))
    return refuse('method-not-allowed', `${method} is not allowed here; ${methods.join(', ')} are.`, methods);
  return { address: isMalformed ? NO_PAGE : address };
}

type Refusal = { name: ProblemName; detail: string; methods?: readonly string[] };

const isApiPath = (path: string): boolean => /^\/api(\/|$)/i.test(path);

/** A problem document below /api/, and text elsewhere. */
export function refusalFor(target: string, { name, detail, methods }: Refusal, requestId: string): WrittenProblem {
  const problem = writeProblem({ name, detail }, requestId);
  const allow: Record<string, string> = methods ? { allow: methods.join(', ') } : {};
  if (isApiPath(target.split('?', 1)[0] ?? '')) return { ...problem, headers: { ...problem.headers, ...allow } };
  return {
    status: problem.status,
    headers: { ...allow, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: `${detail}\n`,
  };
}

const listMethods = (methods: readonly string[]): WrittenProblem => ({
  status: 204,
  headers: { allow: methods.join(', ') },
  body: '',
});

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
