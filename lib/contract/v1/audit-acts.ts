import { z } from 'zod';
import { actBodyReason } from './acts';
import { auditSettingsSchema } from './new-audit';

/** Bodies of the acts on audits. */

export const createAuditBodySchema = z.strictObject({
  settings: auditSettingsSchema,
  confirm: z
    .string()
    .optional()
    .meta({ description: 'The words `without asking`, if its plans are to start without asking anyone.' }),
  reason: actBodyReason(),
});
export const auditReasonBodySchema = z.strictObject({ reason: actBodyReason() });
export const intervalBodySchema = z.strictObject({
  interval: z.string().max(255).meta({ description: 'Seconds, at least 60, or five fields of cron in UTC.' }),
  reason: actBodyReason(),
});
export const askFirstBodySchema = z.strictObject({
  name: z.string().max(255).optional().meta({
    description: 'What the audit that takes its place is called, where one must; a free name if absent.',
  }),
  reason: actBodyReason(),
});

export type CreateAuditBody = z.output<typeof createAuditBodySchema>;
export type AskFirstBody = z.output<typeof askFirstBodySchema>;
export type IntervalBody = z.output<typeof intervalBodySchema>;
