import type { Server } from '@/lib/openstack/records';

/** VMs that must not move, by the settings of this server. */
export type MustNotMove = {
  /** Tags, and keys of metadata. */
  tags: string[];
  /** Ids of projects. */
  projects: string[];
  /** Names of flavors. */
  flavors: string[];
};

/** What marks a VM, for a sentence: "its tag pinned"; null if it may move. */
export function markOf(
  { tags, metadataKeys, projectId, flavor }: Pick<Server, 'tags' | 'metadataKeys' | 'projectId' | 'flavor'>,
  marks: MustNotMove,
): string | null {
  const tag = tags?.find((one) => marks.tags.includes(one));
  if (tag !== undefined) return `its tag ${tag}`;
  const key = metadataKeys?.find((one) => marks.tags.includes(one));
  if (key !== undefined) return `its metadata key ${key}`;
  if (marks.projects.includes(projectId)) return 'its project';
  return flavor !== null && marks.flavors.includes(flavor.name) ? `its flavor ${flavor.name}` : null;
}
