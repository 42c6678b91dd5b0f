import { z } from 'zod';
import { ifReadable, rowsOf } from '../lenient';
import { isAtLeast, type Microversion, type VersionNeed } from './microversions';
import { hasNext, linksSchema } from './nova-links';
import { readPages, readWithRows } from './paging';
import type { Session } from './session';

/** Tags of VMs. Setting one does not change a VM's `updated`, so the lists of changes don't have it. */

/** Nova 2.26 introduces tags. */
const TAGS: Microversion = [2, 26];
/** For what reads or changes the tags of one VM. */
export const ONE_VM_TAGS: VersionNeed = { min: TAGS, max: [2, 96] };
const LIST: VersionNeed = { min: [2, 1], max: [2, 96], fallback: [2, 53] };

const taggedSchema = z.object({
  servers: rowsOf(z.object({ id: z.string(), tags: ifReadable(z.array(z.string())) })),
  servers_links: linksSchema,
});

/**
 * All projects' VMs with any of these tags, and all tags of each by its id: one request for up to a thousand of them. null
 * below 2.26, where VMs have no tags.
 *
 * @throws SourceError of Keystone or Nova
 */
export async function listTagged(session: Session, tags: string[]): Promise<Map<string, string[]> | null> {
  if (!isAtLeast(await session.version('nova', LIST), TAGS)) return null;
  const rows = await readPages({
    source: 'nova',
    list: 'servers/detail',
    sizes: session.pageSizes,
    readPage: async (limit, marker) => {
      const { page, rows: read } = await readWithRows(session, 'servers', {
        service: 'nova',
        path: 'servers/detail',
        query: { all_tenants: 1, limit, marker, 'tags-any': tags.join(',') },
        schema: taggedSchema,
        version: LIST,
      });
      return { items: page.servers, rows: read, more: hasNext(page.servers_links) };
    },
    idOf: ({ id }) => id,
  });
  return new Map(rows.map(({ id, tags: found }) => [id, found ?? []]));
}

/** The tags of one VM. @throws SourceError of Keystone or Nova; with status 404 if it is gone, of kind `missing` below 2.26 */
export async function readServerTags(session: Session, serverId: string): Promise<string[]> {
  const { tags } = await session.read({
    service: 'nova',
    path: `servers/${encodeURIComponent(serverId)}/tags`,
    what: 'servers/tags',
    about: serverId,
    schema: z.object({ tags: z.array(z.string()) }),
    version: ONE_VM_TAGS,
  });
  return tags;
}
