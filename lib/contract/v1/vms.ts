import { z } from 'zod';
import { count, timestamp } from '../fields';
import { hostServerSchema, loadLevelSchema } from './hosts';
import { readingStateSchema, readingsSchema } from './readings';
import { moveHistorySchema } from './vm-moves';

/** GET /api/v1/vms/ and /api/v1/vms/{id}/ */

const vmPlanSchema = z
  .object({
    audit_id: z.string(),
    audit_name: z.string(),
    plan_id: z.string(),
    plan_state: z.string(),
    destination: z.string().nullable().meta({ description: 'null if the scheduler will choose.' }),
    live: z.boolean().meta({ description: 'Whether it moves while it runs.' }),
  })
  .meta({ id: 'VmPlan', description: 'A plan that waits or runs and would move the VM.' });

const vmSchema = hostServerSchema
  .extend({
    host: z.string().nullable().meta({ description: 'Where it is; null if on no host, or if the host can’t be seen.' }),
    host_level: loadLevelSchema.nullable().meta({ description: 'Load of its host; null without a host.' }),
    zone: z.string().nullable(),
    task_state: z.string().nullable().meta({ description: 'What Nova is doing with it; null if nothing.' }),
    addresses: z.array(z.string()).meta({ description: 'Fixed and floating addresses.' }),
    locked: z.boolean().nullable().meta({ description: 'Whether it is locked in Nova; null if unknown.' }),
    plans: z.array(vmPlanSchema).meta({ description: 'Plans that would move it, the newest audit’s first.' }),
    created_at: timestamp().nullable(),
    updated_at: timestamp().nullable(),
  })
  .meta({ id: 'Vm', description: 'A VM: where it is, whose it is, what it uses, what would move it.' });

const useOfVms = readingStateSchema.extend({
  reason: z.string().nullable().meta({ description: 'Why the usage of VMs is null.' }),
});

export const vmsSchema = z
  .object({
    vms: z.array(vmSchema),
    total: count().meta({ description: 'Number of VMs that match the search and the filter.' }),
    counts: z
      .object({
        all: count(),
        on_hot_hosts: count().meta({ description: 'VMs on hot hosts.' }),
        in_plan: count().meta({ description: 'VMs that a plan would move.' }),
        move_too_often: count().nullable().meta({ description: 'VMs that move too often; null if unknown.' }),
        must_not_move: count().meta({ description: 'VMs that must not move.' }),
      })
      .meta({ description: 'Number of VMs that match the search, for each filter.' }),
    limit: count(),
    offset: count(),
    vm_use: useOfVms,
    move_history: moveHistorySchema,
    readings: readingsSchema,
  })
  .meta({ id: 'Vms', description: 'A page of VMs.' });

const vmMoveSchema = z
  .object({
    id: z.string().meta({ description: 'UUID of the migration in Nova.' }),
    type: z.string().meta({ description: 'As Nova names it: live-migration, migration, resize, evacuation.' }),
    status: z.string().meta({ description: 'As Nova reports it.' }),
    source: z.string().nullable(),
    destination: z.string().nullable(),
    started_at: timestamp().meta({ description: 'When Nova began it.' }),
    ended_at: timestamp().nullable().meta({ description: 'null while it runs.' }),
    plan: vmPlanSchema
      .pick({ audit_id: true, audit_name: true, plan_id: true })
      .nullable()
      .meta({ description: 'The plan that asked for it; null if no plan that is known here did.' }),
    person: z.string().nullable().meta({ description: 'Who started that plan from here; null if that is unknown.' }),
    reason: z.string().nullable().meta({ description: 'The reason that they gave.' }),
    user_id: z
      .string()
      .nullable()
      .meta({ description: 'Keystone’s id of the user whose token asked Nova; null if unknown.' }),
  })
  .meta({ id: 'VmMove', description: 'A move of the VM as Nova has recorded it.' });

const vmStaySchema = z
  .object({
    host: z.string(),
    from: timestamp().meta({ description: 'Since when it was there, or when the shown time begins.' }),
    until: timestamp(),
    levels: z
      .array(
        z.object({
          level: loadLevelSchema,
          from: timestamp(),
          until: timestamp(),
        }),
      )
      .meta({ description: 'How loaded the host was, oldest first.' }),
  })
  .meta({ id: 'VmStay', description: 'A time that the VM was on one host.' });

export const vmDetailSchema = z
  .object({
    vm: vmSchema,
    vm_use: useOfVms,
    move_history: moveHistorySchema,
    since: timestamp().nullable().meta({ description: 'Since when it is on its host; null if unknown.' }),
    moves: z
      .array(vmMoveSchema)
      .nullable()
      .meta({ description: 'The newest first, at most 100; null if Nova’s record can’t be read.' }),
    moves_reason: z.string().nullable().meta({ description: 'Why its moves are unknown.' }),
    plans_since: timestamp().nullable().meta({
      description:
        'So many plans have run that not all are read: a move before this time may be that of a plan although none is named. null if all of the last seven days are.',
    }),
    places: z
      .object({
        from: timestamp(),
        until: timestamp(),
        stays: z.array(vmStaySchema).meta({ description: 'Oldest first; empty if nothing is known.' }),
        reason: z.string().nullable().meta({ description: 'What is not known about where it was; null if all is.' }),
      })
      .meta({ description: 'Where it was in the last seven days, from Nova’s record of its moves.' }),
    past: z
      .object({
        points: z
          .array(
            z.object({
              at: timestamp(),
              cpu_percentage: vmSchema.shape.cpu_percentage,
              ram_percentage: vmSchema.shape.ram_percentage,
            }),
          )
          .meta({ description: 'One an hour for a day, oldest first; null where nothing was measured.' }),
        reason: z.string().nullable().meta({ description: 'Why nothing is known; null if something is.' }),
      })
      .meta({ description: 'CPU and RAM in use over time.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'VmDetail', description: 'One VM with its use over a day and its moves.' });

export type Vm = z.output<typeof vmSchema>;
export type Vms = z.output<typeof vmsSchema>;
export type VmMove = z.output<typeof vmMoveSchema>;
export type VmStay = z.output<typeof vmStaySchema>;
export type VmDetail = z.output<typeof vmDetailSchema>;
