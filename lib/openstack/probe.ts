import { z } from 'zod';
import type { Service } from './catalog';
import type { VersionNeed } from './microversions';
import type { ReadRequest, Session } from './session';

/** The cheapest question to each service that needs the same rights as its real ones. */
const anything = z.looseObject({});
const PROBES: Record<Service, { path: string; query: Record<string, string | number>; version: VersionNeed }> = {
  nova: { path: 'servers', query: { limit: 1, all_tenants: 1 }, version: { least: [2, 1], most: [2, 87] } },
  placement: { path: 'resource_providers', query: { name: 'none' }, version: { least: [1, 0], most: [1, 39] } },
  watcher: { path: 'goals', query: { limit: 1 }, version: { least: [1, 0], most: [1, 6] } },
};

/** Whether a service answers us. @throws SourceError that says why not */
export async function probeService(
  session: Session,
  service: 'keystone' | Service,
  options: { timeoutMs: number },
): Promise<void> {
  if (service === 'keystone') return session.checkToken(options);
  const request: ReadRequest<typeof anything> = { service, schema: anything, ...PROBES[service], ...options };
  await session.read(request);
}
