import 'server-only';
import { methodsOf, READ_METHODS } from '@/lib/contract/methods';
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
 * @param target as in the request: with `*` or an absolute address too
 * @returns the answer, or the address to go on with
 */
export function checkRequestLine(method: string, target: string, requestId: string): RequestLine {
  if (target === '*') return { answer: listMethods(READ_METHODS) };
  const address = addressOf(target);
  const path = address.split('?', 1)[0] ?? '';
  const isApi = /^\/api(\/|$)/i.test(path);
  const refuse = (...problem: Refusal) => ({ answer: isApi ? refuseApi(problem, requestId) : refusePage(problem) });
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

type Refusal = [name: Parameters<typeof writeProblem>[0]['name'], detail: string, methods?: readonly string[]];

function refuseApi([name, detail, methods]: Refusal, requestId: string): WrittenProblem {
  const problem = writeProblem({ name, detail }, requestId);
  return methods ? { ...problem, headers: { ...problem.headers, allow: methods.join(', ') } } : problem;
}

/** Only a method can be wrong; other addresses have a page that says so. */
const refusePage = ([, detail, methods = []]: Refusal): WrittenProblem => ({
  status: 405,
  headers: { allow: methods.join(', '), 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `${detail}\n`,
});

const listMethods = (methods: readonly string[]): WrittenProblem => ({
  status: 204,
  headers: { allow: methods.join(', ') },
  body: '',
});

/** Clients of proxies send absolute addresses; the host in them means nothing here. */
function addressOf(target: string): string {
  if (target.startsWith('/')) return target;
  const rest = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
