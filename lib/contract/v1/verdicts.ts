import { z } from 'zod';
import { cores, count, percentage, statusMessage, whole } from '../fields';
import { moveLoad } from './audits';
import { happened } from './happened';
import { groundSchema } from './must-not-move';
import {
  emptiedHostsSchema,
  estimateSchema,
  planTotalsSchema,
  projectedHostSchema,
  shutdownSchema,
} from './projection';
import { checkSchema } from './scene';

/** The result of a review: score, verdicts and projection, computed from a scene by lib/domain/review. */

/** From best to worst. `unchecked`: no problem was found, but some checks could not be made. */
export const verdictSchema = z.enum(['ok', 'unchecked', 'warning', 'would-fail']);

export const reasonSchema = z
  .object({ check: checkSchema, verdict: verdictSchema, text: z.string() })
  .meta({ id: 'Reason' });

const balanceSchema = z
  .object({
    score: percentage().meta({
      description: '100 − 2 × spread: 100 if all hosts are equal, 0 if half are full and half are empty.',
    }),
    spread: percentage().meta({ description: 'Population standard deviation of the hosts’ percentages, in points.' }),
    range: percentage().meta({ description: 'Highest minus lowest, in points.' }),
    mean: percentage().meta({ description: 'Unweighted mean of the hosts’ percentages.' }),
    highest: z.object({ host: z.string(), percentage: percentage() }),
    lowest: z.object({ host: z.string(), percentage: percentage() }),
    hosts: count().meta({ description: 'Hosts that count: those that are up and either enabled or running VMs.' }),
    left_out: count().meta({ description: 'Hosts that would count but whose value is unknown.' }),
  })
  .meta({ id: 'Balance' });

const scoresSchema = z
  .object({
    overall: percentage().nullable().meta({ description: 'Mean of the known scores.' }),
    cpu: balanceSchema.nullable().meta({ description: 'CPU used.' }),
    ram: balanceSchema.nullable().meta({ description: 'RAM used.' }),
    vcpu: balanceSchema.nullable().meta({ description: 'vCPU allocated, relative to the capacity in Placement.' }),
    vram: balanceSchema.nullable().meta({ description: 'RAM allocated, relative to the capacity in Placement.' }),
  })
  .meta({ id: 'Scores' });

const reviewedMoveSchema = z
  .object({
    key: z.string().meta({
      description:
        'Number in execution order from 1, as `off` and `to` take it; for moves that a variant adds, the id of the VM, as `stay` takes it.',
    }),
    action_id: z.string().nullable().meta({ description: 'null for a move that a variant adds.' }),
    wave: count().meta({ description: 'Number of its wave, from 1.' }),
    state: z.string().meta({ description: 'As Watcher reports it.' }),
    status_message: statusMessage(),
    happened: happened(),
    vm_id: z.string(),
    vm_name: z.string(),
    flavor: z.string().nullable(),
    live: z.boolean(),
    source: z.string().nullable(),
    destination: z.string().nullable(),
    change: z
      .enum(['none', 'left-out', 'other-destination', 'added'])
      .meta({ description: 'What the variant changes. A VM that stays on a drained host is left out.' }),
    verdict: verdictSchema
      .nullable()
      .meta({ description: 'null if it will not run: done, failed, skipped, left out.' }),
    reasons: z.array(reasonSchema).meta({ description: 'Worst first.' }),
    unchecked: z.array(checkSchema),
    must_not_move: z.array(groundSchema).optional().meta({
      description:
        'Every reason why its VM must not move: then it is left out unless `anyway` names it. Absent if it may.',
    }),
    cores: cores().nullable(),
    cores_estimate: estimateSchema.nullable(),
    ram_used: whole().nullable(),
    ram_estimate: estimateSchema.nullable(),
    ...moveLoad,
  })
  .meta({ id: 'ReviewedMove' });

const reviewedShutdownSchema = shutdownSchema
  .extend({
    verdict: verdictSchema.nullable().meta({ description: 'null if it will not run: done, failed, skipped.' }),
    reasons: z.array(reasonSchema),
  })
  .meta({ id: 'ReviewedShutdown' });

export const reviewResultSchema = z
  .object({
    verdict: verdictSchema
      .nullable()
      .meta({ description: 'The worst verdict of moves and shutdowns; null if none is left to run.' }),
    counts: z.object({ ok: count(), unchecked: count(), warning: count(), 'would-fail': count() }),
    now: scoresSchema,
    after: scoresSchema,
    moves: z.array(reviewedMoveSchema),
    shutdowns: z.array(reviewedShutdownSchema).meta({ description: 'VMs that the plan takes out of service.' }),
    hosts: z.array(projectedHostSchema),
    left_out: z
      .array(z.string())
      .meta({ description: 'Ids of the actions that the variant leaves out, in execution order.' }),
    totals: planTotalsSchema.extend({
      elsewhere: count().meta({ description: 'VMs that are no longer on the host the plan names.' }),
      gone: count().meta({ description: 'VMs that no longer exist.' }),
      emptied: emptiedHostsSchema.meta({
        description: 'Hosts that lose their last running VM, or their last VM of any state.',
      }),
    }),
  })
  .meta({ id: 'ReviewResult' });

export type Verdict = z.output<typeof verdictSchema>;
export type Reason = z.output<typeof reasonSchema>;
export type Balance = z.output<typeof balanceSchema>;
export type Scores = z.output<typeof scoresSchema>;
export type ReviewedShutdown = z.output<typeof reviewedShutdownSchema>;
export type ReviewedMove = z.output<typeof reviewedMoveSchema>;
export type ReviewResult = z.output<typeof reviewResultSchema>;
