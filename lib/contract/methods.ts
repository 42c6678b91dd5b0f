import { ACT_ENDPOINTS } from './act-endpoints';
import { ENDPOINTS } from './endpoints';
import { MOVED_PATHS } from './moved';
import { type Method, OTHER_ENDPOINTS } from './other-endpoints';

/** The methods of every address below /api/. */

const KNOWN: { pattern: RegExp; method: Method }[] = [
  ...Object.values(ENDPOINTS).map(({ path }) => ({ path, method: 'GET' as const })),
  ...Object.values(ACT_ENDPOINTS).map(({ path }) => ({ path, method: 'POST' as const })),
  ...Object.keys(MOVED_PATHS).map((path) => ({ path, method: 'GET' as const })),
  ...OTHER_ENDPOINTS,
].map(({ path, method }) => ({ pattern: patternOf(path), method }));

/** With and without a trailing slash. */
function patternOf(path: string): RegExp {
  const plain = path.replace(/\/$/, '').replaceAll('.', '\\.');
  return new RegExp(`^${plain.replace(/\{\w+\}/g, '[^/]+')}/?$`);
}

/** The methods that an address has; null if no endpoint has this path. @param path as in the request */
export function methodsOf(path: string): readonly string[] | null {
  const known = KNOWN.find(({ pattern }) => pattern.test(path));
  if (known === undefined) return null;
  return known.method === 'GET' ? READ_METHODS : [known.method, 'OPTIONS'];
}

/** The methods of everything that is only read. */
export const READ_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
