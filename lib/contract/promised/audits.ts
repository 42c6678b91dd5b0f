import { z } from 'zod';
import { clampedPercentage, jsonText } from '../fields';

/** GET /api/audits/. The four lists of an audit are JSON text on the wire; those of `current_cluster` are lists. */
export const impactSchema = z.enum(['Low', 'Medium', 'High']);

const promisedMigrationSchema = z
  .object({
    instanceName: z.string(),
    source: z.string(),
    destination: z.string().meta({ description: 'Empty if the scheduler will choose.' }),
    flavor: z.string(),
    impact: z.union([impactSchema, z.literal('')]).meta({ description: 'Empty if unknown.' }),
  })
  .meta({ id: 'PromisedMigration' });

const promisedAuditSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    created_at: z.string().meta({ format: 'date-time' }),
    strategy: z.string(),
    goal: z.string(),
    type: z.string(),
    scope: z.string(),
    cpu_weight: z.string(),
    ram_weight: z.string(),
    migrations: jsonText(
      promisedMigrationSchema,
      'JSON text of a list of { instanceName, source, destination, flavor, impact }',
    ),
    host_labels: jsonText(z.string(), 'JSON text of a list of host names'),
    cpu_current: jsonText(clampedPercentage(), 'JSON text of a list of percentages, parallel to host_labels'),
    cpu_projected: jsonText(clampedPercentage(), 'JSON text of a list of percentages, parallel to host_labels'),
  })
  .meta({ id: 'PromisedAudit' });

export const auditsSchema = z
  .object({
    audits: z.array(promisedAuditSchema),
    current_cluster: z.object({ host_labels: z.array(z.string()), cpu_current: z.array(clampedPercentage()) }),
  })
  .meta({ id: 'Audits' });

export type Impact = z.output<typeof impactSchema>;
export type PromisedAudit = z.output<typeof promisedAuditSchema>;
export type Audits = z.output<typeof auditsSchema>;
