import { z } from 'zod';

/** Whose a VM is. */
export const projectNameFields = {
  project_name: z.string().nullable().meta({ description: 'Its name in Keystone; null if unknown.' }),
  project_domain: z.string().nullable().meta({ description: 'Name of the project’s domain; null if unknown.' }),
  project_reason: z.string().nullable().meta({ description: 'Why the name is unknown; null if it is known.' }),
};

/** For moves, whose VM may be gone. */
export const projectFields = {
  project_id: z
    .string()
    .nullable()
    .meta({ description: 'UUID of the VM’s project; null if Nova no longer has the VM.' }),
  ...projectNameFields,
};

const projectSchema = z.object({ project_id: z.string(), ...projectNameFields });
const projectOfMoveSchema = z.object(projectFields);

export type ProjectView = z.output<typeof projectSchema>;
export type ProjectOfMove = z.output<typeof projectOfMoveSchema>;

export const namedProjectSchema = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string().nullable().meta({ description: 'Name of its domain; null if unknown.' }),
});
