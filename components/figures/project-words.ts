import type { ProjectOfMove } from '@/lib/contract/v1/projects';

/** Enough of an id to tell projects apart. */
const ID_LENGTH = 8;

/** The project's name, else the start of its id; empty for a VM that is gone. */
export const projectWord = ({ project_id: id, project_name: name }: ProjectOfMove): string =>
  name ?? (id === null ? '' : `${id.slice(0, ID_LENGTH)}…`);

/** The same before other words of a line; null for a VM that is gone. */
export const projectPart = (project: ProjectOfMove): string | null =>
  project.project_id === null ? null : `project ${projectWord(project)}`;
