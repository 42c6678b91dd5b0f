import { z } from 'zod';
import { timestamp } from '../fields';

/** An act that was done from this dashboard, as its journal has it. */
export const knownActSchema = z
  .object({
    at: timestamp().meta({ description: 'When it was asked for.' }),
    person: z.string().meta({ description: 'Who did it.' }),
    reason: z.string().nullable().meta({ description: 'As the person gave it; null if none was needed or given.' }),
  })
  .meta({ id: 'KnownAct', description: 'An act that was done from this dashboard, as its journal has it.' });

export type KnownAct = z.output<typeof knownActSchema>;
