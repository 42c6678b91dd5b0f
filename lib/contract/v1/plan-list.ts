import { z } from 'zod';
import { PLAN_PARTS } from '../choices';
import { count, nextSince, percentage, ratio, timestamp, whole } from '../fields';
import { deliveredSchema } from './delivered';
import { loadOutcomeSchema } from './outcome';
import { emptiedHostsSchema } from './projection';
import { readingsSchema } from './readings';
import { reviewResultSchema } from './verdicts';

/** GET /api/v1/plans/: the plans of all audits. */

const truthSchema = z
  .object({
    state: z.enum(['true', 'drifted', 'vms-left', 'targets-lost', 'unknown']).meta({
      description:
        'vms-left: VMs are no longer on the hosts that the plan names; targets-lost: destinations are gone or full; drifted: a fifth of its hosts or more moved beyond the threshold; unknown: the loads can’t be compared, and nothing else has changed.',
    }),
    vms_left: count().meta({ description: 'VMs that have left the host the plan names, or are gone.' }),
    targets_lost: z.array(z.string()).meta({ description: 'Destinations that are gone, out of service or full.' }),
    hosts: count().meta({ description: 'Hosts between which the plan moves VMs.' }),
    hosts_moved: count()
      .nullable()
      .meta({ description: 'Those of them whose CPU has moved beyond the threshold since; null if unknown.' }),
    threshold: z.number().meta({ description: 'Points of CPU beyond which a host counts as moved.' }),
    reason: z.string().nullable().meta({ description: 'Why hosts_moved is null.' }),
  })
  .meta({ id: 'PlanTruth', description: 'Whether what a plan was made for is still so.' });

const worthSchema = z
  .object({
    group: z.enum(['worth-doing', 'little-to-gain', 'not-as-it-stands']).meta({
      description:
        'worth-doing: it ends a hot host, lowers the spread by a tenth, empties a host or was asked for; not-as-it-stands: moves would fail, VMs have left, it has expired, or nothing is left to do.',
    }),
    rank: count().meta({ description: 'Its place among the plans that wait, from 1.' }),
    cpu: loadOutcomeSchema.meta({ description: 'CPU of the hosts now, and with the moves that would still work.' }),
    score: z
      .object({
        now: percentage().nullable().meta({ description: 'Balance score before the plan.' }),
        after: percentage().nullable().meta({ description: 'Balance score with the moves that would still work.' }),
      })
      .meta({ description: 'Mean of the balance scores.' }),
    cooled: z.array(z.string()).meta({ description: 'Hosts that are hot now and would no longer be.' }),
    heated: z.array(z.string()).meta({ description: 'Hosts that would become hot.' }),
    emptied: emptiedHostsSchema
      .nullable()
      .meta({ description: 'Hosts that run no VMs afterwards; null if this is not the goal.' }),
    disabled: z.array(z.string()).meta({ description: 'Hosts that it disables, and that stay disabled afterwards.' }),
    asked_for: z.boolean().meta({ description: 'Whether someone asked for it: maintenance and hardware goals.' }),
    moves: count().meta({ description: 'Moves that would still work.' }),
    moves_estimated: count().meta({ description: 'Those of them whose VM’s CPU is not what was measured.' }),
    enough: count().nullable().meta({
      description: 'How many of them, most worth first, are enough that no host is hot; null if no fewer are.',
    }),
    moves_planned: count().meta({ description: 'Moves that it has not begun and that are not skipped.' }),
    shutdowns: count().meta({ description: 'Running VMs that it stops, shelves or deletes.' }),
    others: count().meta({ description: 'Other actions; what they change is not part of any figure.' }),
    ram_to_copy: whole()
      .nullable()
      .meta({ description: 'RAM of the VMs that migrate live, in bytes; null if unknown.' }),
    verdict: reviewResultSchema.shape.verdict,
    counts: reviewResultSchema.shape.counts,
    truth: truthSchema,
    expired: z.boolean().meta({ description: 'Whether its time is up; Watcher notices within half an hour.' }),
    part_of: z
      .object({
        audit_id: z.string(),
        audit_name: z.string(),
        plan_id: z.string(),
      })
      .nullable()
      .meta({ description: 'A plan of a higher rank that has all of its moves.' }),
  })
  .meta({ id: 'PlanWorth', description: 'What a plan that waits would bring now.' });

const progressSchema = z
  .object({
    actions: count().meta({ description: 'All actions of the plan.' }),
    done: count().meta({ description: 'Actions that are done; for moves, by Nova’s record.' }),
    running: count().meta({ description: 'Actions that are running.' }),
    failed: count().meta({ description: 'Actions that failed.' }),
    cancelled: count().meta({ description: 'Actions that were or are being stopped.' }),
    skipped: count().meta({ description: 'Actions that are skipped.' }),
  })
  .meta({ id: 'PlanProgress', description: 'How far a plan is.' });

const startedSchema = z
  .object({
    by: z.enum(['here', 'outside', 'watcher', 'unknown']).meta({
      description:
        'here: a person did it from here; outside: with another tool; watcher: its audit starts plans without asking; unknown: the journal can’t be read, or no longer goes back that far.',
    }),
    person: z.string().nullable().meta({ description: 'Who started it; null unless it was from here.' }),
    reason: z.string().nullable().meta({ description: 'Why, as the person gave it; null unless it was from here.' }),
    at: timestamp().nullable().meta({ description: 'When it was started, if only to wait; null if unknown.' }),
    began_at: timestamp().nullable().meta({ description: 'When it began to run; null if it has not, or if unknown.' }),
  })
  .meta({ id: 'PlanStarted', description: 'Who started a plan, when and why.' });

const resultSchema = z
  .object({
    outcome: z.string().nullable().meta({ description: 'What came of it, in a sentence.' }),
    moves: count().nullable().meta({ description: 'Moves of the plan; null if its actions were not read.' }),
    moved: count().nullable().meta({ description: 'Moves that took place, by Nova’s record; null if unknown.' }),
    measured: deliveredSchema.shape.state
      .nullable()
      .meta({ description: 'Whether it could be measured, as in the review of the plan; null if it did not run.' }),
    reason: z.string().nullable().meta({ description: 'Why it was not measured, or why nothing is said to be kept.' }),
    spread: deliveredSchema.shape.spread,
    kept: ratio().nullable().meta({
      description:
        'Delivered fall of the spread as a share of the promised one: 0.89 of what was promised; null if unknown, or if hardly any was promised.',
    }),
  })
  .meta({ id: 'PlanOutcome', description: 'What came of a plan that is over.' });

const listedPlanSchema = z
  .object({
    audit_id: z.string(),
    audit_name: z.string(),
    audit_type: z.string().meta({ description: 'ONESHOT, CONTINUOUS or EVENT.' }),
    interval: z
      .string()
      .nullable()
      .meta({ description: 'Interval or cron expression of its audit; null if it has none.' }),
    next_run_at: timestamp().nullable().meta({ description: 'When its audit runs next; null if it does not.' }),
    goal: z.string(),
    strategy: z.string().nullable(),
    plan_id: z.string(),
    plan_state: z.string().meta({ description: 'State of the plan as Watcher spells it.' }),
    state_meaning: z.string(),
    part: z
      .enum(PLAN_PARTS)
      .meta({ description: 'The part of the list that it is in, as the parameter `show` takes it.' }),
    created_at: timestamp(),
    updated_at: timestamp().nullable(),
    expires_at: timestamp()
      .nullable()
      .meta({ description: 'When a plan that waits can no longer be started; null for other plans.' }),
    expires_by: z.enum(['age', 'next-run']).nullable().meta({
      description: 'age: Watcher expires old plans; next-run: its audit makes a new one. null for other plans.',
    }),
    worth: worthSchema.nullable().meta({ description: 'For plans that wait; null for others, and if unknown.' }),
    worth_reason: z.string().nullable().meta({ description: 'Why nothing is known about what a waiting plan brings.' }),
    started: startedSchema.nullable().meta({ description: 'For plans that run or ran; null for others.' }),
    progress: progressSchema.nullable().meta({ description: 'For plans that run; null for others.' }),
    seconds_left: count().nullable().meta({
      description: 'For plans that run: how long the rest takes at the pace so far; null for others, and if unknown.',
    }),
    result: resultSchema.nullable().meta({ description: 'For plans that are over; null for others.' }),
  })
  .meta({ id: 'ListedPlan', description: 'A plan of any audit.' });

export const planListSchema = z
  .object({
    plans: z.array(listedPlanSchema).meta({
      description:
        'One page: plans that run, then those that wait, best first, then those that are over, newest first.',
    }),
    total: count().meta({ description: 'Number of plans that match.' }),
    limit: count(),
    offset: count(),
    next_since: nextSince(),
    counts: z
      .object({
        running: count().meta({ description: 'Plans that run or are about to.' }),
        waiting: count().meta({ description: 'Plans that wait for a decision.' }),
        done: count().meta({ description: 'Plans that ran and are over.' }),
        unchanged: count().meta({ description: 'Plans that ended without a change: empty, expired or cancelled.' }),
      })
      .meta({ description: 'Number of plans in each part of the list that match the other filters.' }),
    groups: z
      .object({
        worth_doing: count().meta({ description: 'Plans that are worth doing.' }),
        little_to_gain: count().meta({ description: 'Plans that would change little.' }),
        not_as_it_stands: count().meta({ description: 'Plans that no longer hold as they are.' }),
      })
      .meta({ description: 'Number of plans that wait in each group, whatever is filtered.' }),
    best_plan_id: z.string().nullable().meta({
      description: 'The plan worth most among those that are complete, not expired and still true; null if none is.',
    }),
    appliers: count().nullable().meta({ description: 'Appliers that are up; null if unknown.' }),
    goals: z.array(z.string()).meta({ description: 'Goals of the listed plans’ audits.' }),
    strategies: z.array(z.string()).meta({ description: 'Strategies of all plans.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'PlanList', description: 'A page of the plans of all audits.' });

export type PlanTruth = z.output<typeof truthSchema>;
export type PlanWorth = z.output<typeof worthSchema>;
export type PlanGroup = PlanWorth['group'];
export type PlanProgress = z.output<typeof progressSchema>;
export type PlanStarted = z.output<typeof startedSchema>;
export type PlanResult = z.output<typeof resultSchema>;
export type ListedPlan = z.output<typeof listedPlanSchema>;
export type PlanList = z.output<typeof planListSchema>;
