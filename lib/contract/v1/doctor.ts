import { z } from 'zod';
import { count, timestamp } from '../fields';

/** GET /api/v1/doctor: the chain from credentials to a useful plan, link by link. */
const doctorCheckSchema = z
  .object({
    id: z.string(),
    part: z.enum(['OpenStack', 'Watcher', 'Prometheus', 'Data']),
    name: z.string(),
    status: z.enum(['ok', 'warning', 'error', 'skipped']),
    evidence: z.string().meta({ description: 'What was seen.' }),
    details: z.array(z.string()).meta({ description: 'Names, such as those of unmatched hosts.' }),
    fix: z.string().nullable().meta({ description: 'What to do about it; null if nothing needs to be done.' }),
  })
  .meta({ id: 'DoctorCheck' });

export const doctorSchema = z
  .object({
    checked_at: timestamp(),
    summary: z.object({ ok: count(), warning: count(), error: count(), skipped: count() }),
    checks: z.array(doctorCheckSchema),
  })
  .meta({ id: 'Doctor' });

export type DoctorCheck = z.output<typeof doctorCheckSchema>;
export type Doctor = z.output<typeof doctorSchema>;
