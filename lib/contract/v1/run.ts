import { z } from 'zod';
import { count, percentage, timestamp, whole } from '../fields';
import { deliveredSchema } from './delivered';
import { knownActSchema } from './known-act';
import { readingStateSchema } from './readings';
import { runMovesFields } from './run-moves';

/** GET /api/v1/audits/{id}/plans/{plan}/run: a plan while Watcher runs it, and what came of it. */

const runHostSchema = z
  .object({
    host: z.string(),
    role: z.enum(['source', 'target']).meta({ description: 'Whether more VMs leave it or come.' }),
    start: percentage().nullable().meta({ description: 'CPU when the run began.' }),
    now: percentage().nullable(),
    promised: percentage().nullable().meta({ description: 'CPU when the run began, with all moves applied.' }),
  })
  .meta({ id: 'RunHost' });

const runEventSchema = z
  .object({
    id: z.string().meta({ description: 'The same in every answer.' }),
    at: timestamp(),
    kind: z.enum(['begun', 'started', 'done', 'failed', 'aborted', 'trouble', 'stopping', 'ended']),
    subject: z.string().nullable().meta({ description: 'The VM that the text is about, with which it begins.' }),
    text: z.string(),
  })
  .meta({ id: 'RunEvent' });

const factSchema = z
  .object({
    tone: z.enum(['plain', 'ok', 'warn']),
    lead: z.string().nullable().meta({ description: 'The part of the sentence that matters most; it comes first.' }),
    text: z.string(),
  })
  .meta({ id: 'RunFact' });

const heardSchema = z
  .object({
    as_of: timestamp().nullable().meta({ description: 'When it last answered; null if it has not.' }),
    error: z
      .object({ message: z.string(), since: timestamp() })
      .nullable()
      .meta({ description: 'Why it does not answer; null if it did the last time.' }),
  })
  .meta({ id: 'RunHeard' });

const figureSchema = z
  .object({
    start: percentage().nullable(),
    promised: percentage().nullable(),
    delivered: percentage().nullable(),
  })
  .meta({ id: 'RunFigure' });

const resultSchema = z
  .object({
    spread: figureSchema.meta({
      description: 'Standard deviation of the CPU of the hosts measured throughout, in points.',
    }),
    hottest: figureSchema.meta({ description: 'CPU of the hottest host.' }),
    hottest_host: z.string().nullable().meta({ description: 'The hottest host after the run.' }),
    hot: z
      .object({ start: count().nullable(), promised: count().nullable(), delivered: count().nullable() })
      .meta({ description: 'Number of hot hosts.' }),
    warm: count().nullable().meta({ description: 'Number of warm hosts after the run.' }),
    kept: percentage().nullable().meta({
      description: 'The part of the promised fall of the spread that was delivered; null if hardly any was promised.',
    }),
    took_ms: whole().nullable().meta({ description: 'From the start of the run to its end, in milliseconds.' }),
  })
  .meta({ id: 'RunResult' });

export const runSchema = z
  .object({
    audit: z.object({ id: z.string(), name: z.string() }),
    plan: z.object({
      id: z.string(),
      state: z.string().meta({ description: 'As Watcher reports it.' }),
      state_meaning: z.string(),
      status_message: z.string().nullable(),
      strategy: z.string().nullable(),
      created_at: timestamp(),
      updated_at: timestamp().nullable(),
    }),
    phase: z
      .enum(['not-started', 'queued', 'running', 'stopping', 'ended'])
      .meta({ description: 'ended: Watcher has ended the plan; Nova may still run moves of it.' }),
    title: z.string().meta({ description: 'How it goes, in a sentence.' }),
    waiting: z
      .string()
      .nullable()
      .meta({ description: 'Why nothing takes a queued plan, where that is known: no applier is alive.' }),
    reached: z.string().nullable().meta({ description: 'What the loads show already, in a sentence.' }),
    made_at: timestamp().meta({ description: 'When this answer was made.' }),
    started_at: timestamp().nullable().meta({ description: 'When it began to run.' }),
    ended_at: timestamp().nullable(),
    is_final: z.boolean().meta({ description: 'Neither Watcher nor Nova runs anything of it any more.' }),
    started_by: knownActSchema
      .nullable()
      .meta({ description: 'Who started it from this dashboard; null if nobody did, or if that is not known.' }),
    stopped_by: knownActSchema
      .nullable()
      .meta({ description: 'Who stopped it from this dashboard; null if nobody did, or if that is not known.' }),
    acts_missing: z
      .string()
      .nullable()
      .meta({ description: 'Why it is not known who acted on it from here; null if the journal was read.' }),
    seconds_left: count().nullable().meta({ description: 'At the pace so far; null if there is none yet.' }),
    ...runMovesFields,
    hosts: z
      .array(runHostSchema)
      .meta({ description: 'Hosts whose load the plan changes; sources first, hottest first.' }),
    limits: z.object({ warm: percentage(), hot: percentage() }).meta({ description: 'Of CPU.' }),
    load: readingStateSchema.meta({ description: 'Of the loads now.' }),
    start_missing: z
      .string()
      .nullable()
      .meta({ description: 'Why the loads at the start are unknown; null if known.' }),
    events: z.array(runEventSchema).meta({ description: 'Newest first, at most 200.' }),
    stopping: z.array(factSchema).meta({ description: 'What stopping would do now, on this release of Watcher.' }),
    left_behind: z.array(factSchema).meta({ description: 'What remains of a run that has ended.' }),
    result: resultSchema.nullable().meta({ description: 'Promised and delivered; null until it is measured.' }),
    delivered: deliveredSchema
      .nullable()
      .meta({ description: 'The same for each host; null until the run has ended.' }),
    watcher: heardSchema,
    nova: heardSchema,
  })
  .meta({ id: 'Run' });

export type RunHost = z.output<typeof runHostSchema>;
export type RunEvent = z.output<typeof runEventSchema>;
export type RunFact = z.output<typeof factSchema>;
export type RunHeard = z.output<typeof heardSchema>;
export type RunResult = z.output<typeof resultSchema>;
export type Run = z.output<typeof runSchema>;
