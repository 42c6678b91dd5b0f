import { z } from 'zod';
import { AUDIT_TYPES } from '../choices';
import { count, ratio, timestamp } from '../fields';
import { permissionSchema } from './acts';
import { namedProjectSchema } from './projects';

/** A new audit: what may be chosen, what was chosen, and what it would do. */

const names = (description: string) => z.array(z.string().min(1).max(255)).max(1000).optional().meta({ description });

const scopeSchema = z
  .strictObject({
    zones: names('Availability zones to look at; with aggregates, they add up. Absent with them: the whole region.'),
    aggregates: names('Host aggregates to look at, by name.'),
    without_hosts: names('Hosts to leave out, with their VMs.'),
    without_aggregates: names('Host aggregates to leave out, by name.'),
    without_projects: names('Projects whose VMs stay, by id; their load still counts.'),
    without_vms: names('VMs that stay, by id or name; their load still counts.'),
  })
  .meta({ id: 'AuditScope', description: 'Which part of the cloud an audit looks at.' });

export const auditSettingsSchema = z
  .strictObject({
    name: z.string().max(255).meta({ description: 'Up to 63 characters, not only digits, and free.' }),
    strategy: z.string().max(255).meta({ description: 'Name of a strategy that is offered.' }),
    type: z.enum(AUDIT_TYPES).meta({ description: 'Once, again and again, or whenever a webhook is called.' }),
    parameters: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Parameters of the strategy that differ from its defaults.' }),
    scope: scopeSchema.optional(),
    interval: z
      .string()
      .max(255)
      .optional()
      .meta({ description: 'For CONTINUOUS: seconds, at least 60, or five fields of cron in UTC.' }),
    start_at: timestamp().optional().meta({ description: 'When it may begin; at once if absent. Not for ONESHOT.' }),
    end_at: timestamp().optional().meta({ description: 'When it ends; never if absent. Not for ONESHOT.' }),
    force: z.boolean().optional().meta({ description: 'Whether it runs although a plan is running.' }),
    auto_trigger: z.boolean().optional().meta({ description: 'Whether its plans start without asking anyone.' }),
  })
  .meta({ id: 'AuditSettings', description: 'The settings of a new audit.' });

/** Settings as JSON, for a query. */
export const settingsText = () =>
  z
    .string()
    .max(8_000)
    .meta({ contentMediaType: 'application/json', description: 'Settings of the audit, as JSON: see AuditSettings.' })
    .transform((text, context) => {
      const parsed = auditSettingsSchema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') || 'it';
      context.addIssue({ code: 'custom', message: `The parameter settings is invalid: ${where}: ${issue?.message}.` });
      return z.NEVER;
    });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const jsonSchema = z.unknown().meta({ description: 'A JSON value.' });

const fieldSchema = z
  .object({
    path: z.array(z.string()).meta({ description: 'Names of the parameter and of its parts, outermost first.' }),
    title: z.string().meta({ description: 'What it is called on the form.' }),
    note: z.string().nullable().meta({ description: 'Its unit or range in words, or the strategy’s own description.' }),
    kind: z
      .enum([
        'number',
        'integer',
        'text',
        'yes-no',
        'choice',
        'choices',
        'list',
        'host',
        'host-pairs',
        'pool-pairs',
        'json',
      ])
      .meta({
        description:
          'list: any texts; host-pairs: objects with src_node and dst_node; pool-pairs: with src_pool, src_type, dst_pool and dst_type; json: any JSON value.',
      }),
    options: z
      .array(
        z.object({
          value: z.string().meta({ description: 'What is sent.' }),
          label: z.string().meta({ description: 'What is shown.' }),
        }),
      )
      .meta({ description: 'For choice and choices; else empty.' }),
    default: jsonSchema.meta({ description: 'What Watcher takes if it is absent; null if there is no default.' }),
    required: z.boolean().meta({ description: 'Whether the audit can’t do without it.' }),
    group: z.enum(['decides', 'looks', 'rest']).meta({
      description: 'decides: what the strategy acts by; looks: where and how long it looks; rest: rarely changed.',
    }),
  })
  .meta({ id: 'AuditField', description: 'A parameter of a strategy, as a field of a form.' });

const strategySchema = z
  .object({
    name: z.string().meta({ description: 'Watcher’s name of the strategy.' }),
    title: z.string().meta({ description: 'What it is in plain words.' }),
    about: z.string().meta({ description: 'What it does, in a sentence.' }),
    warning: z.string().nullable().meta({ description: 'What to know before choosing it; null if nothing.' }),
    may_start: z.boolean().meta({ description: 'Whether its plans may be started without asking.' }),
    past: z
      .object({
        runs: count().meta({ description: 'Its last runs in this cloud whose moves Watcher has counted; up to 20.' }),
        fewest: count().meta({ description: 'The fewest moves that one of them proposed.' }),
        most: count().meta({ description: 'The most moves that one of them proposed.' }),
      })
      .nullable()
      .meta({ description: 'What it proposed lately; null if nothing is known of it.' }),
    fields: z.array(fieldSchema).meta({ description: 'Its parameters.' }),
  })
  .meta({ id: 'OfferedStrategy', description: 'A strategy that an audit may be created with.' });

export const newAuditSchema = z
  .object({
    made_at: timestamp().meta({ description: 'When this was put together.' }),
    permission: permissionSchema,
    goals: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Watcher’s name of the goal.' }),
          title: z.string().meta({ description: 'What it is in plain words.' }),
          about: z.string().meta({ description: 'What it does, in a sentence.' }),
          strategies: z.array(strategySchema).meta({ description: 'Ways to it that are offered.' }),
        }),
      )
      .meta({ description: 'Goals with a strategy that is offered.' }),
    not_offered: z
      .array(
        z.object({
          strategy: z.string().meta({ description: 'Watcher’s name of the strategy.' }),
          reason: z.string().meta({ description: 'Why it is not offered.' }),
        }),
      )
      .meta({ description: 'Strategies of this Watcher that are not offered.' }),
    hosts: z.array(z.string()).meta({ description: 'Hosts that can be named.' }),
    zones: z.array(z.string()).meta({ description: 'Availability zones that can be named.' }),
    aggregates: z.array(z.string()).meta({ description: 'Host aggregates that can be named.' }),
    projects: z
      .array(namedProjectSchema)
      .meta({ description: 'Projects with VMs on these hosts, as far as their names are known.' }),
    scope_reason: z
      .string()
      .nullable()
      .meta({ description: 'Why zones and aggregates can’t be named; null if they can.' }),
    presets: z
      .array(
        z.object({
          title: z.string().meta({ description: 'What it is for.' }),
          settings: auditSettingsSchema,
        }),
      )
      .meta({ description: 'Settings to begin with.' }),
    begin: auditSettingsSchema.meta({ description: 'What the form begins with.' }),
    like: z.string().nullable().meta({ description: 'Name of the audit whose settings these are; null without one.' }),
    like_reason: z
      .string()
      .nullable()
      .meta({ description: 'What of that audit can’t be taken over; null if nothing.' }),
  })
  .meta({ id: 'NewAudit', description: 'What a new audit may be made of.' });

export const newAuditCheckSchema = z
  .object({
    made_at: timestamp().meta({ description: 'When it was checked.' }),
    problems: z
      .array(
        z.object({
          field: z.string().meta({ description: 'The setting, or `parameters.` and the parameter, with dots.' }),
          text: z.string().meta({ description: 'What is wrong, in a sentence.' }),
        }),
      )
      .meta({ description: 'What must be changed before the audit can be created; empty if nothing.' }),
    warnings: z
      .array(
        z.object({
          field: z.string().meta({ description: 'The setting, or `parameters.` and the parameter, with dots.' }),
          text: z.string().meta({ description: 'What to know, in a sentence.' }),
        }),
      )
      .meta({ description: 'What to know before.' }),
    facts: z
      .array(
        z.object({
          field: z.string().nullable().meta({
            description: 'The setting that it is about, as in problems; null if it is about the whole audit.',
          }),
          tone: z.enum(['ok', 'info', 'warn', 'error']).meta({ description: 'How much it matters.' }),
          text: z.string().meta({ description: 'What is known, in a sentence.' }),
        }),
      )
      .meta({ description: 'What is known of the cloud now: whether anything looks, what is measured, would it act.' }),
    will: z.array(z.string()).meta({ description: 'What will happen, a sentence each.' }),
    covers: z
      .object({
        hosts: z.array(z.string()).meta({ description: 'Hosts that it looks at.' }),
        others: z.array(z.string()).meta({ description: 'Hosts that it does not look at.' }),
        vms: count().meta({ description: 'VMs on the hosts that it looks at.' }),
        staying: count().meta({ description: 'Those of them that are left out; their load still counts.' }),
      })
      .nullable()
      .meta({ description: 'What the scope covers by the inventory; null if it can’t be told.' }),
    spread: ratio().nullable().meta({
      description: 'Standard deviation of the CPU of hosts that are up and enabled now, 0 to 1; null if it is unknown.',
    }),
    next_runs: z
      .array(z.object({ at: timestamp().meta({ description: 'When it runs.' }) }))
      .meta({ description: 'The next three runs; empty for other than CONTINUOUS.' }),
    every: z.string().nullable().meta({ description: 'How often it runs, in words; null if it does not repeat.' }),
  })
  .meta({ id: 'NewAuditCheck', description: 'Whether an audit with these settings can be created, and what it does.' });

export const auditProgressSchema = z
  .object({
    made_at: timestamp().meta({ description: 'When Watcher was asked.' }),
    audit_id: z.string(),
    name: z.string(),
    state: z.string(),
    phase: z.enum(['waiting', 'looking', 'planned', 'nothing', 'scheduled']).meta({
      description:
        'waiting: no decision engine has taken it; looking: it looks; planned: it has a plan; nothing: it is over without one; scheduled: it runs later.',
    }),
    text: z.string().meta({ description: 'How far it is, in a sentence.' }),
    plan_id: z.string().nullable().meta({ description: 'Its newest plan that has actions; null without one.' }),
  })
  .meta({ id: 'AuditProgress', description: 'How far an audit is.' });

export type AuditScope = z.output<typeof scopeSchema>;
export type AuditSettings = z.output<typeof auditSettingsSchema>;
export type AuditField = z.output<typeof fieldSchema>;
export type OfferedStrategy = z.output<typeof strategySchema>;
export type NewAudit = z.output<typeof newAuditSchema>;
export type NewAuditCheck = z.output<typeof newAuditCheckSchema>;
export type AuditProgress = z.output<typeof auditProgressSchema>;
