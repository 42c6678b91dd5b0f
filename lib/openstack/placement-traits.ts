import { z } from 'zod';
import { rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import type { Session } from './session';
import { optionalText } from './wire';

/** `required` came with 1.18. */
const VERSION: VersionNeed = { min: [1, 18], max: [1, 39] };

const providersSchema = z.object({
  resource_providers: rowsOf(z.object({ uuid: z.string(), root_provider_uuid: optionalText() })),
});

/**
 * Ids of the hosts with a trait, on the host itself or on a nested provider. Takes one request per trait instead of one per
 * host.
 *
 * @throws SourceError of Keystone or Placement
 */
export async function listProvidersWith(session: Session, trait: string): Promise<string[]> {
  const { resource_providers } = await session.read({
    service: 'placement',
    path: 'resource_providers',
    query: { required: trait },
    what: 'providers with a trait',
    schema: providersSchema,
    version: VERSION,
  });
  return [...new Set(resource_providers.map(({ uuid, root_provider_uuid: root }) => root ?? uuid))];
}
