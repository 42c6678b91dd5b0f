import { z } from 'zod';

/** Why a VM must not move. */

export const groundSchema = z
  .object({
    source: z.enum(['here', 'tag', 'metadata', 'project', 'flavor', 'excluded']).meta({
      description:
        'Who says so: somebody who marked it here, a tag or a metadata key that its owner set, a project or a flavor of the settings of this server, or the scope of the audit.',
    }),
    mark: z
      .string()
      .meta({ description: 'The tag, metadata key, id of the project or name of the flavor; empty for a scope.' }),
    text: z.string().meta({ description: 'The source in words: “marked by admin: licence bound to the host”.' }),
  })
  .meta({ id: 'MoveGround', description: 'A reason why a VM must not move, and who gave it.' });

export type Ground = z.output<typeof groundSchema>;
