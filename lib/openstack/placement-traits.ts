import { z } from 'zod';
import type { VersionNeed } from './microversions';
import type { Session } from './session';

/** `required` came with 1.18. */
const VERSION: VersionNeed = { least: [1, 18], most: [1, 39] };

const providersSchema = z.object({
  resource_providers: z.array(z.object({ uuid: z.string(), root_provider_uuid: z.string().nullish() })),
});

/**
 * Ids of the hosts that have a trait, themselves or in a provider below them. One question for a trait, where asking each
 * host for its traits would be one for a host.
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
