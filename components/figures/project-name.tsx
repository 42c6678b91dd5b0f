import type { ProjectOfMove } from '@/lib/contract/v1/projects';
import { Name, Unknown } from '../ui/values';
import { projectWord } from './project-words';

/** Whose a VM is. The tooltip has the domain and the id, or why the name is unknown. */
export function ProjectName({ project }: { project: ProjectOfMove }) {
  const { project_id: id, project_name: name, project_domain: domain, project_reason: reason } = project;
  if (id === null) return <Unknown reason={reason ?? 'The project is unknown.'} />;
  const title = [name, domain === null ? null : `domain ${domain}`, id, reason].filter(Boolean).join(', ');
  return <Name title={title}>{projectWord(project)}</Name>;
}
