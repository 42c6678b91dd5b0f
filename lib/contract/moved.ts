import { ENDPOINTS } from './endpoints';

/** Former paths. They redirect (308) to the endpoints' present paths until their sunset. */
export const MOVED_PATHS: Record<string, string> = {
  '/api/v1/audits/{id}/plans/{plan}/take-away/': ENDPOINTS.planExport.path,
  '/api/v1/hosts/{name}/guests/': ENDPOINTS.hostServers.path,
};

/** From when a path is deprecated and until when it still redirects, at least: half a year later. */
const DEPRECATED_AT = Date.UTC(2026, 10, 28);
const SUNSET_AT = Date.UTC(2027, 5, 1);

/** The page that says how long what is deprecated stays. */
const RULES = '/docs/api/';

/** What the answer of a deprecated path says about that (RFC 9745, RFC 8594). @param basePath in front of all addresses */
export function deprecationHeaders(basePath: string): [name: string, value: string][] {
  const rules = `<${basePath}${RULES}>`;
  return [
    ['deprecation', `@${DEPRECATED_AT / 1000}`],
    ['sunset', new Date(SUNSET_AT).toUTCString()],
    ['link', `${rules}; rel="deprecation"; type="text/html", ${rules}; rel="sunset"; type="text/html"`],
  ];
}

/** The present path for a moved one, with or without a trailing slash; null for all other paths. */
export function presentPath(path: string): string | null {
  for (const [moved, present] of Object.entries(MOVED_PATHS)) {
    const found = new RegExp(`^${moved.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}?$`).exec(path);
    if (found) return present.replace(/\{(\w+)\}/g, (_, name: string) => found.groups?.[name] ?? '');
  }
  return null;
}
