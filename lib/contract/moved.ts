import { ENDPOINTS } from './endpoints';

/** Former paths. In this version they redirect (308) to the endpoints' present paths. */
export const MOVED_PATHS: Record<string, string> = {
  '/api/v1/audits/{id}/plans/{plan}/take-away/': ENDPOINTS.planExport.path,
  '/api/v1/hosts/{name}/guests/': ENDPOINTS.hostServers.path,
};

/** The present path for a moved one, with or without a trailing slash; null for all other paths. */
export function presentPath(path: string): string | null {
  for (const [moved, present] of Object.entries(MOVED_PATHS)) {
    const found = new RegExp(`^${moved.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}?$`).exec(path);
    if (found) return present.replace(/\{(\w+)\}/g, (_, name: string) => found.groups?.[name] ?? '');
  }
  return null;
}
