import { z } from 'zod';
import type { Service } from './catalog';
import type { VersionNeed } from './microversions';
import type { ReadRequest, Session } from './session';

/** The cheapest request to each service that needs the same permissions as the real ones. */
const anything = z.looseObject({});
const PROBES: Record<Service, { path: string; query: Record<string, string | number>; version: VersionNeed }> = {
  nova: { path: 'servers', query: { limit: 1, all_tenants: 1 }, version: { min: [2, 1], max: [2, 87] } },
  placement: { path: 'resource_providers', query: { name: 'none' }, version: { min: [1, 0], max: [1, 39] } },
  watcher: { path: 'goals', query: { limit: 1 }, version: { min: [1, 0], max: [1, 6] } },
};

/** Checks that a service answers our requests. @throws SourceError that says why not */
export async function probeService(
  session: Session,
  service: 'keystone' | Service,
  options: { timeoutMs: number },
): Promise<void> {
  if (service === 'keystone') return session.checkToken(options);
  const request: ReadRequest<typeof anything> = { service, schema: anything, ...PROBES[service], ...options };
  await session.read(request);
}
