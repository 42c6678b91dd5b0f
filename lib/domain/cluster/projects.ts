import type { ProjectOfMove, ProjectView } from '@/lib/contract/v1/projects';
import type { Project, Server } from '@/lib/openstack/records';
import type { ProjectNames } from '@/lib/readings/projects';

/** Whose a VM is, by name. */
export const describeProject = ({ byId, reason }: ProjectNames, id: string): ProjectView =>
  toProjectView(id, byId.get(id), reason);

export const toProjectView = (id: string, project: Omit<Project, 'id'> | undefined, reason: string): ProjectView => ({
  project_id: id,
  project_name: project?.name ?? null,
  project_domain: project?.domain ?? null,
  project_reason: project === undefined ? reason : null,
});

/** The same for a VM that may be gone. */
export const describeOwner = (names: ProjectNames, server: Pick<Server, 'projectId'> | undefined): ProjectOfMove =>
  server === undefined
    ? { project_id: null, project_name: null, project_domain: null, project_reason: 'Nova has no VM with this id.' }
    : describeProject(names, server.projectId);
