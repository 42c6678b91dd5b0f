import type { Server } from '@/lib/openstack/records';

/**
 * VMs with the tags that they have now.
 *
 * @param tagged all tags of the VMs that have a watched one, by id
 * @param watched the tags that were asked about
 * @returns the same array if nothing differs
 */
export function withTags(
  servers: Server[],
  tagged: ReadonlyMap<string, string[]>,
  watched: ReadonlySet<string>,
): Server[] {
  let isChanged = false;
  const rows = servers.map((server) => {
    const before = server.tags ?? [];
    const now = tagged.get(server.id) ?? before.filter((tag) => !watched.has(tag));
    if (isSame(before, now)) return server;
    isChanged = true;
    const { tags: _, ...rest } = server;
    return now.length === 0 ? rest : { ...rest, tags: now };
  });
  return isChanged ? rows : servers;
}

const isSame = (a: string[], b: string[]): boolean => a.length === b.length && b.every((tag) => a.includes(tag));
