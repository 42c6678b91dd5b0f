import type { Ground } from '@/lib/contract/v1/must-not-move';
import type { Server } from '@/lib/openstack/records';

/**
 * Whether a VM may move: the only place that decides it, for reviews, drains, starts, careful runs and pages. Watcher knows
 * nothing of these marks.
 */

/** The server tag that marks a VM from here. Nova keeps it, so it outlives this server, and others see it. */
export const OUR_TAG = 'must-not-move';

/** Who marked a VM here, and why; from the journal. */
export type MarkNote = { person: string; reason: string };

export type MustNotMove = {
  /** Tags, and keys of metadata. */
  tags: string[];
  /** Ids of projects. */
  projects: string[];
  /** Names of flavors. */
  flavors: string[];
  /** By the id of the VM; absent where the journal knows nothing. */
  notes?: ReadonlyMap<string, MarkNote>;
};

type Marked = Pick<Server, 'id' | 'tags' | 'metadataKeys' | 'projectId' | 'flavor'>;

/** Every ground why a VM must not move, ours first; none if it may move. */
export function groundsOf({ id, tags = [], metadataKeys = [], projectId, flavor }: Marked, marks: MustNotMove) {
  const isMark = (text: string) => text !== OUR_TAG && marks.tags.includes(text);
  const grounds: Ground[] = tags.includes(OUR_TAG) ? [markedHere(marks.notes?.get(id))] : [];
  for (const tag of tags.filter(isMark))
    grounds.push({ source: 'tag', mark: tag, text: `tag ${tag}, set by its owner` });
  for (const key of metadataKeys.filter(isMark))
    grounds.push({ source: 'metadata', mark: key, text: `metadata key ${key}, set by its owner` });
  if (marks.projects.includes(projectId))
    grounds.push({ source: 'project', mark: projectId, text: 'its project, by the settings of this server' });
  if (flavor !== null && marks.flavors.includes(flavor.name))
    grounds.push({
      source: 'flavor',
      mark: flavor.name,
      text: `its flavor ${flavor.name}, by the settings of this server`,
    });
  return grounds;
}

const markedHere = (note: MarkNote | undefined): Ground => ({
  source: 'here',
  mark: OUR_TAG,
  text: note ? `marked by ${note.person}: ${note.reason}` : `tag ${OUR_TAG}; the journal here has no reason`,
});

/** For a plan of a strategy that plans for such VMs all the same. */
export const EXCLUDED_GROUND: Ground = {
  source: 'excluded',
  mark: '',
  text: 'the scope of the audit excludes it, which its strategy ignores',
};

/** "marked by admin: licence bound to the host; tag pinned, set by its owner" */
export const sayGrounds = (grounds: Ground[]): string => grounds.map(({ text }) => text).join('; ');

/** All tags that mark a VM. */
export const markTags = ({ tags }: Pick<MustNotMove, 'tags'>): string[] => [...new Set([OUR_TAG, ...tags])];
