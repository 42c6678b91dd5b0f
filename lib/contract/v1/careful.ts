import { z } from 'zod';
import { count, exact, timestamp } from '../fields';
import { actBodyReason, anywayField, refusalSchema } from './acts';
import { runSchema } from './run';
import { moveWordSchema } from './run-moves';

/** Careful runs: the moves of a plan, or of a host that is drained, in steps that are measured. */

export const carefulBodySchema = z.strictObject({
  seen: z.string().meta({ description: 'As in the check of the plan.' }),
  vms: count().meta({ description: 'How many VMs will move, as the person confirmed it.' }),
  off: z.string().optional().meta({ description: 'Moves to leave out, as in a variant: `1-4.8`.' }),
  anyway: anywayField(),
  width: z
    .int()
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'Moves in each step after the first; 2, 4, then what suits the region if absent.' }),
  measure_minutes: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .meta({ description: 'How long to measure after each step; 2 if absent.' }),
  until: timestamp().optional().meta({ description: 'Nothing starts after this time.' }),
  reason: actBodyReason(),
});

export const carefulChangeBodySchema = z.strictObject({ reason: actBodyReason().optional() });

const approvedMoveSchema = z
  .object({
    vm_id: z.string(),
    vm_name: z.string(),
    source: z.string(),
    destination: z.string(),
    live: z.boolean().meta({ description: 'Whether it moves while it runs.' }),
  })
  .meta({ id: 'CarefulMove', description: 'A move as it was approved.' });

const stepSchema = z
  .object({
    step: count().meta({ description: 'From 1.' }),
    state: z
      .enum(['to-come', 'being-made', 'running', 'measuring', 'done'])
      .meta({ description: 'being-made: Watcher makes its plan, or has made it and not started it yet.' }),
    size: count().meta({ description: 'Its moves; of a step to come, as they are divided now.' }),
    moves: z.array(approvedMoveSchema).meta({ description: 'Empty for a step to come.' }),
    audit_id: z.string().nullable(),
    plan_id: z.string().nullable().meta({ description: 'The plan by which Watcher runs it.' }),
    started_at: timestamp().nullable().meta({ description: 'When Watcher was asked to start it.' }),
    ended_at: timestamp().nullable().meta({ description: 'When Watcher and Nova had ended all of it.' }),
    measured_at: timestamp().nullable().meta({ description: 'When what it brought had been measured.' }),
    spread: z
      .object({
        before: exact().nullable().meta({ description: 'When the step began.' }),
        promised: exact().nullable().meta({ description: 'As projected for the step when it began.' }),
        after: exact().nullable().meta({ description: 'As measured after it.' }),
      })
      .nullable()
      .meta({ description: 'Standard deviation of the hosts’ CPU, in points; null for a step to come.' }),
    results: z
      .array(z.object({ vm_id: z.string(), vm_name: z.string(), word: moveWordSchema, text: z.string() }))
      .meta({ description: 'What became of its moves; empty until it has ended.' }),
  })
  .meta({ id: 'CarefulStep', description: 'Moves that one plan of Watcher carries out, and what they brought.' });

export const carefulRunSchema = z
  .object({
    id: z.string(),
    of: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('plan'), audit_id: z.string(), plan_id: z.string(), audit_name: z.string() }),
        z.object({ kind: z.literal('drain'), host: z.string() }),
      ])
      .meta({ description: 'The plan that it carries out, or the host that it drains.' }),
    title: z.string().meta({ description: 'How it goes, in a sentence.' }),
    state: z.enum(['running', 'paused', 'ended']),
    why: z
      .object({ code: z.string(), text: z.string(), at: timestamp() })
      .nullable()
      .meta({ description: 'Why it is paused or has ended.' }),
    person: z.string().meta({ description: 'Who began it.' }),
    reason: z.string().meta({ description: 'As that person gave it.' }),
    resumed: z
      .object({
        person: z.string().meta({ description: 'Who did.' }),
        reason: z.string().meta({ description: 'Empty if that person gave none.' }),
        at: timestamp(),
      })
      .nullable()
      .meta({ description: 'Who let it go on last, and why; null if nobody did.' }),
    account: z.enum(['own', 'service']).meta({ description: 'Whose account OpenStack sees.' }),
    created_at: timestamp(),
    made_at: timestamp().meta({ description: 'When this answer was made.' }),
    is_final: z.boolean().meta({ description: 'Whether it has ended and nothing of it goes on.' }),
    left_plans: z
      .array(z.object({ step: count().meta({ description: 'From 1.' }), audit_id: z.string(), plan_id: z.string() }))
      .meta({ description: 'Plans of steps that nobody is to start any more, and that can still be started.' }),
    moved: count().meta({ description: 'VMs that have arrived.' }),
    wrong: count().meta({ description: 'Moves that did not go as approved.' }),
    left: count().meta({ description: 'Moves that have not ended.' }),
    total: count().meta({ description: 'Moves that were approved.' }),
    steps: z.array(stepSchema).meta({ description: 'Those begun, then those to come.' }),
    dropped: z
      .array(z.object({ vm_id: z.string(), vm_name: z.string(), text: z.string() }))
      .meta({ description: 'Moves that a check before a step found impossible.' }),
    not_started: z
      .array(z.object({ vm_id: z.string(), vm_name: z.string(), text: z.string() }))
      .meta({ description: 'VMs that a run which has ended has not begun to move; empty until then.' }),
    often: z.array(z.object({ vm_id: z.string(), vm_name: z.string(), text: z.string() })).meta({
      description:
        'VMs that it has moved and that move too often, or have gone back to a host that they had just left.',
    }),
    rules: z
      .array(
        z.object({
          rule: z.string().meta({ description: 'The rule in words.' }),
          value: z.string().meta({ description: 'What it shows now.' }),
          state: z.enum(['calm', 'near', 'stopped']),
        }),
      )
      .meta({ description: 'When it stops by itself.' }),
    width: count().nullable().meta({ description: 'Moves in each step after the first; null if the size grows.' }),
    measure_ms: count().meta({ description: 'How long each step is measured, in milliseconds.' }),
    until: timestamp().nullable().meta({ description: 'Nothing starts after this time.' }),
    brake: z.string().meta({ description: 'What a stop in the middle of a step does on this release of Watcher.' }),
    may: z
      .object({
        pause: z.array(refusalSchema).meta({ description: 'Why it can’t be paused.' }),
        resume: z.array(refusalSchema).meta({ description: 'Why it can’t go on.' }),
        end: z.array(refusalSchema).meta({ description: 'Why it can’t be ended.' }),
      })
      .meta({ description: 'Why each act on it is refused; empty if it is not.' }),
    run: runSchema.nullable().meta({ description: 'The plan of the current step as it runs; null without one.' }),
  })
  .meta({ id: 'CarefulRun', description: 'Moves that a person approved, in steps that are measured.' });

export const carefulRunsSchema = z
  .object({
    runs: z
      .array(
        carefulRunSchema.pick({
          id: true,
          of: true,
          title: true,
          state: true,
          why: true,
          person: true,
          reason: true,
          created_at: true,
          moved: true,
          wrong: true,
          left: true,
          total: true,
        }),
      )
      .meta({ description: 'Newest first.' }),
  })
  .meta({ id: 'CarefulRuns', description: 'Careful runs, the newest first.' });

export type CarefulBody = z.output<typeof carefulBodySchema>;
export type CarefulRunView = z.output<typeof carefulRunSchema>;
export type CarefulStepView = z.output<typeof stepSchema>;
export type CarefulRunsView = z.output<typeof carefulRunsSchema>;
