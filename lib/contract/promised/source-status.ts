import { z } from 'zod';

/** GET /api/source-status/ */
const status = z.object({
  status: z.enum(['ok', 'error', 'mock']),
  message: z.string().optional().meta({ description: 'With "error": the service, what happened, and since when.' }),
});

export const sourceStatusSchema = z.object({ prometheus: status, openstack: status }).meta({ id: 'SourceStatus' });

export type SourceStatus = z.output<typeof sourceStatusSchema>;
