import { z } from 'zod';
import { count, statusMessage, timestamp, whole } from '../fields';
import { knownActSchema } from './known-act';
import { projectFields } from './projects';

/** How a move of a plan that runs stands: Watcher's state and Nova's together. */
export const moveWordSchema = z
  .enum([
    'waits',
    'queued',
    'preparing',
    'copying',
    'not-converging',
    'switching-over',
    'done',
    'arrived-elsewhere',
    'unconfirmed',
    'gave-up',
    'gave-up-arrived',
    'failed',
    'aborted',
    'left-out',
    'not-started',
    'unknown',
  ])
  .meta({
    description:
      'queued: given to Nova, which has not begun. not-converging: what is left has not become less for 60 s. unconfirmed: a cold move that waits to be confirmed. gave-up: Watcher calls it failed, Nova still runs it. gave-up-arrived: Watcher calls it failed, Nova finished it. left-out: skipped. not-started: the plan is over and never started it. unknown: the service that knows does not answer; `text` has the last word.',
  });

const runMoveSchema = z
  .object({
    action_id: z.string(),
    vm_id: z.string().nullable(),
    vm_name: z.string(),
    ...projectFields,
    live: z.boolean(),
    source: z.string().nullable(),
    destination: z.string().nullable(),
    wave: count(),
    word: moveWordSchema,
    title: z.string().meta({ description: 'The word for people: "Waits for wave 2".' }),
    text: z.string().nullable().meta({ description: 'Why, or what to know; null if the title says it all.' }),
    group: z
      .enum(['person', 'running', 'waiting', 'ended'])
      .meta({ description: 'In the order in which moves are listed. person: somebody should look at it.' }),
    state: z.string().meta({ description: 'As Watcher reports it.' }),
    status_message: statusMessage(),
    decided_by: knownActSchema.nullable().meta({
      description: 'Who skipped or aborted it from this dashboard; null if nobody did, or if that is not known.',
    }),
    nova_state: z.string().nullable().meta({ description: 'Of the migration, as Nova reports it; null without one.' }),
    migration_id: z.string().nullable().meta({ description: 'The UUID of the migration in Nova.' }),
    migration_number: z
      .string()
      .nullable()
      .meta({ description: 'The number by which Nova aborts it; null if it is not known or no longer runs.' }),
    size: whole().nullable().meta({ description: 'RAM of the VM by its flavor, in bytes.' }),
    total: whole().nullable().meta({ description: 'Bytes to copy, as Nova counts them; null until it does.' }),
    copied: whole().nullable().meta({ description: 'Total without what is left. It may become less.' }),
    rate: whole()
      .nullable()
      .meta({ description: 'By how many bytes a second what is left becomes less, over the last 30 s.' }),
    seconds_left: count().nullable().meta({ description: 'At this rate; null before three samples.' }),
    counted_at: timestamp().nullable().meta({ description: 'When Nova was asked for the bytes.' }),
    started_at: timestamp().nullable().meta({ description: 'When Nova began it.' }),
    ended_at: timestamp().nullable(),
  })
  .meta({ id: 'RunMove' });

const runActionSchema = z
  .object({
    action_id: z.string(),
    wave: count(),
    label: z.string().meta({ description: 'What it does, in a word or two.' }),
    target: z.string().nullable().meta({ description: 'What it acts on, by name if known.' }),
    state: z.string(),
    text: z.string().meta({ description: 'What its state means.' }),
  })
  .meta({ id: 'RunAction' });

const waveSchema = z
  .object({
    wave: count(),
    state: z.enum(['done', 'running', 'waiting']),
    moves: count(),
    moves_ended: count(),
    since: timestamp().nullable().meta({ description: 'When its first move began; null if none has.' }),
  })
  .meta({ id: 'RunWave' });

const countsSchema = z
  .object({
    total: count().meta({ description: 'Moves without those that were left out.' }),
    moved: count().meta({ description: 'VMs that have moved, as Watcher or Nova says.' }),
    running: count().meta({ description: 'Given to Nova and not ended, those that somebody should look at included.' }),
    waiting: count(),
    failed: count(),
    aborted: count(),
    not_started: count(),
    left_out: count(),
    unknown: count(),
  })
  .meta({ id: 'RunCounts' });

export const runMovesFields = {
  counts: countsSchema,
  moves: z
    .array(runMoveSchema)
    .meta({ description: 'What somebody should look at first, then running, waiting, ended.' }),
  others: z.array(runActionSchema).meta({ description: 'Actions of other types.' }),
  waves: z.array(waveSchema),
};

export type MoveWord = z.output<typeof moveWordSchema>;
export type RunMove = z.output<typeof runMoveSchema>;
export type RunAction = z.output<typeof runActionSchema>;
export type RunWave = z.output<typeof waveSchema>;
export type RunCounts = z.output<typeof countsSchema>;
