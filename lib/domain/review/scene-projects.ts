import type { ProjectView } from '@/lib/contract/v1/projects';
import type { Scene, SceneProjects } from '@/lib/contract/v1/scene';
import { toProjectView } from '../cluster/projects';
import { type Cell, markdownName } from './quoting';

/** Whose the VMs of a scene are, on screen and in exports. */

type Known = Pick<Scene, 'vms' | 'projects'>;

/** Whose a VM is, by name. */
export const projectInScene = ({ names, reason }: SceneProjects, id: string): ProjectView =>
  toProjectView(
    id,
    names.find((project) => project.id === id),
    reason,
  );

/** Whose a VM is; null if it is gone. */
function projectOf({ vms, projects }: Known, vmId: string): ProjectView | null {
  const id = vms.find((vm) => vm.id === vmId)?.project_id;
  return id === undefined ? null : projectInScene(projects, id);
}

/** For Markdown. */
export function projectName(scene: Known, vmId: string): string {
  const project = projectOf(scene, vmId);
  return project === null ? '–' : markdownName(project.project_name ?? project.project_id);
}

/** Id and name, for CSV. */
export function projectCells(scene: Known, vmId: string): Cell[] {
  const project = projectOf(scene, vmId);
  return [project?.project_id ?? null, project?.project_name ?? null];
}
