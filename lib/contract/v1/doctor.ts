import { z } from 'zod';
import { count, moment } from '../fields';

/** GET /api/v1/doctor: the chain from credentials to a useful plan, link by link. */
export const doctorCheckSchema = z
  .object({
    id: z.string(),
    part: z.enum(['OpenStack', 'Watcher', 'Prometheus', 'Data']),
    name: z.string(),
    status: z.enum(['ok', 'warning', 'error', 'skipped']),
    evidence: z.string().meta({ description: 'What was seen.' }),
    details: z.array(z.string()).meta({ description: 'Names, such as the hosts that are not matched.' }),
    fix: z.string().nullable().meta({ description: 'What to do about it; null where nothing is to be done.' }),
  })
  .meta({ id: 'DoctorCheck' });

export const doctorSchema = z
  .object({
    checked_at: moment(),
    summary: z.object({ ok: count(), warning: count(), error: count(), skipped: count() }),
    checks: z.array(doctorCheckSchema),
  })
  .meta({ id: 'Doctor' });

export type DoctorCheck = z.output<typeof doctorCheckSchema>;
export type Doctor = z.output<typeof doctorSchema>;
