import type { Project } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';

/** Projects by id, and why a project may be missing from them. */
export type ProjectNames = { byId: ReadonlyMap<string, Project>; reason: string };

const LISTED = 'Keystone’s list does not have this project: it may have been deleted.';
const DENIED =
  'Keystone’s policy lets this account see only its own projects: listing all takes the admin role or reader on the system.';

/** @param previous is returned again if nothing has changed, so that what was made from it stays. @throws SourceError of Keystone */
export async function readProjectNames(session: Session, previous?: ProjectNames): Promise<ProjectNames> {
  const { projects, reach } = await session.projects();
  const reason = reach === 'all' ? LISTED : DENIED;
  const isSame =
    previous?.reason === reason &&
    previous.byId.size === projects.length &&
    projects.every(({ id, name, domain }) => {
      const known = previous.byId.get(id);
      return known?.name === name && known.domain === domain;
    });
  return isSame ? previous : { byId: new Map(projects.map((project) => [project.id, project])), reason };
}

/** For while the names are unknown. */
export const noProjectNames = (reason: string): ProjectNames => ({ byId: new Map(), reason });
